import { pageCount } from '@rollcall/core/page';
import { type Rollcall, RollcallError } from '@rollcall/sdk';
import { redirect } from '@sveltejs/kit';
import { answerOf } from '#lib/server/answer.ts';
import { takeOutcome } from '#lib/server/outcome-cookie.ts';
import { readUserView } from '#lib/server/user-list-query.ts';
import { requireAdministrator } from '#lib/server/viewer.ts';
import { type UserOutcome, type UserOutcomeKind, userOutcomeKinds } from '#lib/users/outcome.ts';
import { usersAddress } from '#lib/users/user-list-address.ts';
import type { LayoutServerLoad } from './$types';

export const load = (async ({ url, locals, cookies }) => {
  const { rollcall, now } = locals;
  const view = readUserView(url.searchParams);
  const { permissions } = await requireAdministrator(
    undefined,
    'Users is for those who look after everybody’s accounts.',
  );
  const list = await answerOf(rollcall.users.list(view));
  const lastPage = pageCount(list.total, view.pageSize);
  if (view.page > lastPage) redirect(303, usersAddress(view, { page: lastPage }));
  const outcome = await outcomeOf(takeOutcome(cookies, userOutcomeKinds), rollcall);
  return { view, permissions, list, loadedAt: now, outcome };
}) satisfies LayoutServerLoad;

// Told of the user as they are now, so that nothing a browser sends is repeated.
async function outcomeOf(
  left: { kind: UserOutcomeKind; about: string } | undefined,
  rollcall: Rollcall,
): Promise<UserOutcome | undefined> {
  if (!left) return undefined;
  try {
    const { email } = await rollcall.users.get(left.about);
    return { kind: left.kind, email };
  } catch (failure) {
    if (!(failure instanceof RollcallError)) throw failure;
    return { kind: left.kind };
  }
}
