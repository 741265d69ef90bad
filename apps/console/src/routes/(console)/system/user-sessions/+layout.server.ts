import { pageCount } from '@rollcall/core/page';
import { type Rollcall, RollcallError } from '@rollcall/sdk';
import { redirect } from '@sveltejs/kit';
import { answerOf } from '#lib/server/answer.ts';
import { readQuery, requestOf } from '#lib/server/list-query.ts';
import { takeOutcome } from '#lib/server/outcome-cookie.ts';
import { actorOf, requireAdministrator } from '#lib/server/viewer.ts';
import { listAddress } from '#lib/sessions/list-address.ts';
import { type Outcome, type OutcomeKind, outcomeKinds } from '#lib/sessions/outcome.ts';
import type { LayoutServerLoad } from './$types';

export const load = (async ({ url, locals, cookies }) => {
  const { rollcall, now } = locals;
  const query = readQuery(url.searchParams);
  const actor = actorOf(await requireAdministrator());
  const [list, statistics] = await answerOf(
    Promise.all([rollcall.listSessions(requestOf(query)), rollcall.statistics()]),
  );
  const lastPage = pageCount(list.total, query.pageSize);
  const isPastTheEnd = list.totalIsExact ? query.page > lastPage : list.sessions.length === 0 && query.page > 1;
  if (isPastTheEnd) redirect(303, listAddress(query, { page: lastPage }));
  return {
    query,
    actor,
    list,
    statistics,
    loadedAt: now,
    outcome: await outcomeOf(takeOutcome(cookies, outcomeKinds), rollcall),
  };
}) satisfies LayoutServerLoad;

// Told of the session as it is now, so that nothing a browser sends is repeated.
async function outcomeOf(
  left: { kind: OutcomeKind; about: string } | undefined,
  rollcall: Rollcall,
): Promise<Outcome | undefined> {
  if (!left) return undefined;
  const { kind, about } = left;
  if (kind === 'terminated-several') return /^\d{1,9}$/.test(about) ? { kind, count: Number(about) } : undefined;
  if (kind === 'not-found') return { kind };
  try {
    return { kind, session: await rollcall.getSession(about) };
  } catch (failure) {
    if (!(failure instanceof RollcallError)) throw failure;
    return undefined;
  }
}
