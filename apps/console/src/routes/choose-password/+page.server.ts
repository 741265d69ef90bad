import { PasswordChoice } from '@rollcall/core/schema/authentication';
import { RollcallError } from '@rollcall/sdk';
import { fail, redirect } from '@sveltejs/kit';
import { isUnreachable } from '#lib/server/answer.ts';
import { inWords } from '#lib/server/field-problems.ts';
import { formOf } from '#lib/server/form.ts';
import { rememberOrganization } from '#lib/server/organization-cookie.ts';
import { signInAddress } from '#lib/server/sign-in-address.ts';
import type { Actions } from './$types';

export const actions = {
  async default({ request, locals, cookies }) {
    const form = await formOf(request);
    const link = String(form.get('link') ?? '').trim();
    const password = String(form.get('password') ?? '');
    if (password !== form.get('again')) return fail(400, { link, fields: { again: 'The two are not the same.' } });
    const parsed = PasswordChoice.safeParse({ link: link.replace(/^.*#/, ''), password });
    if (!parsed.success) {
      const wrong = parsed.error.issues.find(({ path }) => path[0] === 'password');
      return wrong
        ? fail(400, { link, fields: { password: inWords(wrong.message) } })
        : fail(404, { message: notValid });
    }
    try {
      const { organization } = await locals.rollcall.choosePassword(parsed.data);
      rememberOrganization(cookies, organization.slug);
      redirect(303, signInAddress({ organization: organization.slug, reason: 'password-chosen' }));
    } catch (failure) {
      if (!(failure instanceof RollcallError)) throw failure;
      return fail(failure.status ?? 503, { link, ...problemOf(failure) });
    }
  },
} satisfies Actions;

const notValid =
  'This link is used, out of date or not whole. Ask an administrator of your organization for a new one.';

function problemOf(failure: RollcallError): { fields?: { password: string }; message?: string } {
  if (failure.code === 'link-not-valid') return { message: notValid };
  const [wrong] = failure.errors ?? [];
  if (wrong?.field === 'password') return { fields: { password: inWords(wrong.message) } };
  if (isUnreachable(failure))
    return { message: 'Rollcall could not be reached. The link is still good; try again shortly.' };
  return { message: failure.detail };
}
