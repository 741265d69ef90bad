import { type Rollcall, RollcallError } from '@rollcall/sdk';
import { error, fail, redirect } from '@sveltejs/kit';
import { answerOf, refuse } from '#lib/server/answer.ts';
import { leaveOutcome } from '#lib/server/outcome-cookie.ts';
import { readUserView } from '#lib/server/user-list-query.ts';
import { requireAdministrator } from '#lib/server/viewer.ts';
import type { UserOutcomeKind } from '#lib/users/outcome.ts';
import { sameUsersAddress, type UserAction, userActions } from '#lib/users/user-list-address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ params, locals }) => {
  await requireAdministrator();
  const action = actionNamed(params.action);
  return { action, user: await answerOf(locals.rollcall.users.get(params.userId)) };
}) satisfies PageServerLoad;

export const actions = {
  async default({ params, url, locals, cookies }) {
    const next = sameUsersAddress(readUserView(url.searchParams));
    const viewer = await requireAdministrator(next);
    const action = actionNamed(params.action);
    const { userId } = params;
    try {
      const link = await carryOut(action, userId, locals.rollcall);
      // Whoever did it to themselves is signed out, and sees the link all the same.
      if (link) return { link };
    } catch (failure) {
      if (!(failure instanceof RollcallError)) throw failure;
      if (failure.code === 'not-found') leaveOutcome(cookies, { kind: 'user-gone', about: userId });
      else if (problems[failure.code]) return fail(409, { problem: problems[failure.code] });
      else return refuse(failure, next);
      redirect(303, next);
    }
    if (userId !== viewer.user.userId) leaveOutcome(cookies, { kind: outcomes[action], about: userId });
    redirect(303, next);
  },
} satisfies Actions;

function actionNamed(name: string): UserAction {
  const action = userActions.find((known) => known === name);
  return action ?? error(404, 'The address may be mistyped, or what was there is gone.');
}

async function carryOut(action: UserAction, userId: string, { users }: Rollcall) {
  if (action === 'reset-password') return (await users.resetPassword(userId)).passwordLink;
  if (action === 'remove') await users.remove(userId);
  else await users.change(userId, { isDisabled: action === 'disable' });
  return undefined;
}

const outcomes: Readonly<Record<UserAction, UserOutcomeKind>> = {
  disable: 'user-disabled',
  enable: 'user-enabled',
  'reset-password': 'user-changed',
  remove: 'user-removed',
};

const problems: Readonly<Record<string, string>> = {
  'last-administrator': 'This is the last active administrator. Make somebody else one first.',
  forbidden: 'They hold a permission that you do not have.',
};
