import { UserRights } from '@rollcall/core/schema/user';
import { judgeManagement } from '@rollcall/core/user-management';
import { RollcallError } from '@rollcall/sdk';
import { error, fail, redirect } from '@sveltejs/kit';
import { answerOf, refuse } from '#lib/server/answer.ts';
import { formOf } from '#lib/server/form.ts';
import { leaveOutcome } from '#lib/server/outcome-cookie.ts';
import { readUserView } from '#lib/server/user-list-query.ts';
import { requireAdministrator } from '#lib/server/viewer.ts';
import { sameUsersAddress } from '#lib/users/user-list-address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ params: { userId }, locals }) => {
  const viewer = await requireAdministrator();
  const user = await answerOf(locals.rollcall.users.get(userId));
  const subject = { ...user, isDisabled: user.status === 'disabled' };
  const verdict = judgeManagement(viewer, { subject, change: { kind: 'enable' }, hasOtherAdministrator: true });
  return { user, mayChange: verdict.allowed };
}) satisfies PageServerLoad;

export const actions = {
  async default({ params: { userId }, request, url, locals, cookies }) {
    const next = sameUsersAddress(readUserView(url.searchParams));
    await requireAdministrator(next);
    const form = await formOf(request);
    const asked = { role: form.get('role'), permissions: form.getAll('permissions') };
    const { data: change } = UserRights.safeParse(asked);
    if (!change) error(400, 'What was sent is not the form of this page.');
    try {
      await locals.rollcall.users.change(userId, change);
    } catch (failure) {
      const problem = failure instanceof RollcallError ? problems[failure.code] : undefined;
      return problem === undefined ? refuse(failure, next) : fail(409, { problem });
    }
    leaveOutcome(cookies, { kind: 'user-changed', about: userId });
    redirect(303, next);
  },
} satisfies Actions;

const problems: Readonly<Record<string, string>> = {
  'last-administrator': 'This is the last active administrator. Make somebody else one first.',
  forbidden: 'You cannot give or take a permission that you do not have.',
};
