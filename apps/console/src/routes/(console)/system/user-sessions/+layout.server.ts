import { pageCount } from '@rollcall/core/page';
import { excessOf } from '@rollcall/core/query/parse';
import type { SessionList } from '@rollcall/core/schema/session-list';
import { type Rollcall, RollcallError } from '@rollcall/sdk';
import { redirect } from '@sveltejs/kit';
import { answerOf } from '#lib/server/answer.ts';
import { readQuery, requestOf } from '#lib/server/list-query.ts';
import { takeOutcome } from '#lib/server/outcome-cookie.ts';
import { actorOf, requireAdministrator } from '#lib/server/viewer.ts';
import { type ListView, listAddress } from '#lib/sessions/list-address.ts';
import { type Outcome, type OutcomeKind, outcomeKinds } from '#lib/sessions/outcome.ts';
import type { LayoutServerLoad } from './$types';

export const load = (async ({ url, locals, cookies }) => {
  const { rollcall, now } = locals;
  const query = readQuery(url.searchParams);
  const actor = actorOf(await requireAdministrator());
  const [list, statistics] = await answerOf(Promise.all([found(query, rollcall), rollcall.statistics()]));
  const isPastTheEnd = list !== undefined && isBeyond(list, query);
  if (isPastTheEnd) redirect(303, listAddress(query, { page: pageCount(list.total, query.pageSize) }));
  return {
    query,
    actor,
    /** Undefined where the search was given up, or asks for too much. */
    list,
    statistics,
    loadedAt: now,
    outcome: await outcomeOf(takeOutcome(cookies, outcomeKinds), rollcall),
  };
}) satisfies LayoutServerLoad;

// What is wrong is said under the search field; everything else of the page is there.
async function found(query: ListView, rollcall: Rollcall): Promise<SessionList | undefined> {
  if (excessOf(query.search)) return undefined;
  try {
    return await rollcall.listSessions(requestOf(query));
  } catch (failure) {
    if (failure instanceof RollcallError && failure.code === 'search-too-slow') return undefined;
    throw failure;
  }
}

function isBeyond({ sessions, total, totalIsExact }: SessionList, { page, pageSize }: ListView): boolean {
  return totalIsExact ? page > pageCount(total, pageSize) : sessions.length === 0 && page > 1;
}

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
