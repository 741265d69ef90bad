import { OrganizationSlug } from '@rollcall/core/schema/organization';
import { SignOnQuery } from '@rollcall/core/schema/single-sign-on';
import { type Rollcall, RollcallError } from '@rollcall/sdk';
import { error, fail, redirect } from '@sveltejs/kit';
import { isUnreachable } from '#lib/server/answer.ts';
import { fieldProblems } from '#lib/server/field-problems.ts';
import { formOf } from '#lib/server/form.ts';
import { rememberOrganization } from '#lib/server/organization-cookie.ts';
import { pathAfterSignIn } from '#lib/server/sign-in-address.ts';
import { firstPage } from '#lib/server/start-page.ts';
import { isSignInReason, signInReasons } from '#lib/sessions/end-reason.ts';
import { isSignOnError, signOnErrors } from '#lib/single-sign-on/sign-on-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ params, url, locals: { rollcall } }) => {
  const { organization } = params;
  if (!isOrganization(organization)) error(404, 'No organization has that name.');
  const returnTo = pathAfterSignIn(url.searchParams.get('next'));
  const [isIn, singleSignOn] = await Promise.all([
    isSignedIn(rollcall.whoAmI()),
    singleSignOnAddress(rollcall, { organization, returnTo }),
  ]);
  if (isIn) redirect(303, returnTo);
  return { told: toldBy(url.searchParams), singleSignOn };
}) satisfies PageServerLoad;

export const actions = {
  async default(event) {
    const { params, url, request, locals, cookies } = event;
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
    const next = pathAfterSignIn(url.searchParams.get('next'));
    redirect(303, next === '/' ? await firstPage(event) : next);
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

/** Where a link signs somebody in through their organization's provider; undefined where that is not offered. */
async function singleSignOnAddress(
  { singleSignOn }: Rollcall,
  to: { readonly organization: string | undefined; readonly returnTo: string },
): Promise<string | undefined> {
  try {
    const methods = await singleSignOn.methods(to.organization);
    if (!methods.includes('sso')) return undefined;
  } catch (failure) {
    // There are passwords, whatever has become of this.
    if (failure instanceof RollcallError) return undefined;
    throw failure;
  }
  // An address that is too long to be taken along is left behind.
  const { data: taken = { organization: to.organization } } = SignOnQuery.safeParse(to);
  const { pathname, search } = new URL(singleSignOn.address(taken));
  return pathname + search;
}

/** Why somebody was led here, in words. */
function toldBy(parameters: URLSearchParams): { readonly text: string; readonly isProblem: boolean } | undefined {
  const problem = parameters.get('error');
  if (isSignOnError(problem)) return { text: signOnErrors[problem], isProblem: true };
  const reason = parameters.get('reason');
  return isSignInReason(reason) ? { text: signInReasons[reason], isProblem: false } : undefined;
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
  if (failure.code === 'invalid') return { fields: fieldProblems(failure.errors ?? [], advice) };
  if (isUnreachable(failure)) return { message: 'Rollcall could not be reached. Try again shortly.' };
  return { message: failure.detail };
}

const advice = {
  email: 'Enter your e-mail address.',
  password: 'Enter your password.',
  organization: 'Enter the name of your organization.',
};

function waitInWords(seconds: number | undefined): string {
  return `Too many failed attempts. Try again in ${seconds === undefined ? 'a minute' : `${seconds} seconds`}.`;
}
