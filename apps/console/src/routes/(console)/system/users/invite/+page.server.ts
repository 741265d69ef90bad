import { Invitation } from '@rollcall/core/schema/user';
import { RollcallError } from '@rollcall/sdk';
import { fail } from '@sveltejs/kit';
import { refuse } from '#lib/server/answer.ts';
import { formOf } from '#lib/server/form.ts';
import { readUserView } from '#lib/server/user-list-query.ts';
import { requireAdministrator } from '#lib/server/viewer.ts';
import { inviteAddress } from '#lib/users/user-list-address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async () => {
  await requireAdministrator();
}) satisfies PageServerLoad;

export const actions = {
  async default({ request, url, locals }) {
    const next = inviteAddress(readUserView(url.searchParams));
    await requireAdministrator(next);
    const form = await formOf(request);
    const email = String(form.get('email') ?? '').trim();
    const accountType = form.get('isService') === 'on' ? 'service' : 'person';
    const asked = { email, accountType, role: form.get('role') ?? 'member', permissions: form.getAll('permissions') };
    const { data: invitation } = Invitation.safeParse(asked);
    if (!invitation) return fail(400, { email, message: 'Enter an e-mail address.' });
    try {
      return { invited: await locals.rollcall.users.invite(invitation) };
    } catch (failure) {
      const message = failure instanceof RollcallError ? messages[failure.code] : undefined;
      return message === undefined ? refuse(failure, next) : fail(409, { email, message });
    }
  },
} satisfies Actions;

const messages: Readonly<Record<string, string>> = {
  'email-taken': 'Another user has this e-mail.',
  forbidden: 'You cannot give a permission that you do not have.',
  invalid: 'A service account cannot be an administrator.',
};
