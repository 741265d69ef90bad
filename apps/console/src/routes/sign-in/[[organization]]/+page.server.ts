import { OrganizationSlug } from '@rollcall/core/schema/organization';
import { RollcallError } from '@rollcall/sdk';
import { error, fail, redirect } from '@sveltejs/kit';
import { isUnreachable } from '#lib/server/answer.ts';
import { formOf } from '#lib/server/form.ts';
import { rememberOrganization } from '#lib/server/organization-cookie.ts';
import { pathAfterSignIn } from '#lib/server/sign-in-address.ts';
import { isSignInReason, signInReasons } from '#lib/sessions/end-reason.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ params, url, locals }) => {
  if (!isOrganization(params.organization)) error(404, 'No organization has that name.');
  if (await isSignedIn(locals.rollcall.whoAmI())) redirect(303, pathAfterSignIn(url.searchParams.get('next')));
  const reason = url.searchParams.get('reason');
  return { reason: isSignInReason(reason) ? signInReasons[reason] : undefined };
}) satisfies PageServerLoad;

export const actions = {
  async default({ params, url, request, locals, cookies }) {
    const form = await formOf(request);
    const email = textOf(form, 'email').trim();
    const organization = params.organization ?? (textOf(form, 'organization').trim() || undefined);
    try {
      const password = textOf(form, 'password');
      await locals.rollcall.signIn({ email, password, transport: 'cookie', ...(organization && { organization }) });
    } catch (failure) {
      if (!(failure instanceof RollcallError)) throw failure;
      return fail(failure.status ?? 503, { email, organization, ...problemOf(failure) });
    }
    if (organization) rememberOrganization(cookies, organization);
    redirect(303, pathAfterSignIn(url.searchParams.get('next')));
  },
} satisfies Actions;

function isOrganization(slug: string | undefined): boolean {
  return slug === undefined || OrganizationSlug.safeParse(slug).success;
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

async function isSignedIn(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (failure) {
    if (failure instanceof RollcallError) return false;
    throw failure;
  }
}

interface SignInProblem {
  /** For the form as a whole. */
  readonly message?: string;
  /** By the name of the field. */
  readonly fields?: Readonly<Record<string, string>>;
}

function problemOf(failure: RollcallError): SignInProblem {
  if (failure.code === 'sign-in-failed') return { message: 'E-mail or password is wrong.' };
  if (failure.code === 'too-many-attempts') return { message: waitInWords(failure.retryAfter) };
  if (failure.code === 'invalid') return { fields: fieldsOf(failure) };
  if (isUnreachable(failure)) return { message: 'Rollcall could not be reached. Try again shortly.' };
  return { message: failure.detail };
}

// What the API finds wrong with a field is for programmers.
const advice: Readonly<Record<string, string>> = {
  email: 'Enter your e-mail address.',
  password: 'Enter your password.',
  organization: 'Enter the name of your organization.',
};

function fieldsOf({ errors = [] }: RollcallError): Record<string, string> {
  return Object.fromEntries(errors.map(({ field, message }) => [field, advice[field] ?? message]));
}

function waitInWords(seconds: number | undefined): string {
  return `Too many failed attempts. Try again in ${seconds === undefined ? 'a minute' : `${seconds} seconds`}.`;
}
