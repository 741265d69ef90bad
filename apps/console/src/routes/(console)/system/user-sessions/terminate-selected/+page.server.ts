import { RequestId } from '@rollcall/core/schema/session';
import { type Rollcall, RollcallError, type Session } from '@rollcall/sdk';
import { redirect } from '@sveltejs/kit';
import { answerOf, refuse } from '#lib/server/answer.ts';
import { formOf } from '#lib/server/form.ts';
import { readQuery } from '#lib/server/list-query.ts';
import { readOrganization } from '#lib/server/organization-cookie.ts';
import { leaveOutcome } from '#lib/server/outcome-cookie.ts';
import { signInAddress } from '#lib/server/sign-in-address.ts';
import { requireAdministrator } from '#lib/server/viewer.ts';
import { listAddress } from '#lib/sessions/list-address.ts';
import type { Actions, PageServerLoad } from './$types';

// As many as a page of the table has at most.
const most = 100;

export const load = (async ({ url, locals }) => {
  await requireAdministrator();
  const ids = idsIn(url.searchParams.getAll('id'));
  if (ids.length === 0) redirect(303, listAddress(readQuery(url.searchParams)));
  const found = await answerOf(Promise.all(ids.map((id) => findSession(id, locals.rollcall))));
  return { sessions: found.flatMap((session) => (session?.isActive ? [session] : [])) };
}) satisfies PageServerLoad;

export const actions = {
  async default({ request, url, locals, cookies }) {
    const list = listAddress(readQuery(url.searchParams));
    const { session } = await requireAdministrator(list);
    const requestIds = idsIn((await formOf(request)).getAll('id'));
    if (requestIds.length === 0) redirect(303, list);
    const { ended } = await answerOf(locals.rollcall.endSessions({ requestIds }), list);
    if (requestIds.includes(session.requestId)) {
      const organization = readOrganization(cookies);
      redirect(303, signInAddress({ organization, reason: 'terminated-by-yourself', next: list }));
    }
    leaveOutcome(cookies, { kind: 'terminated-several', about: String(ended) });
    redirect(303, list);
  },
} satisfies Actions;

function idsIn(given: readonly FormDataEntryValue[]): string[] {
  const ids = given.map((value) => RequestId.safeParse(value).data).filter((id) => id !== undefined);
  return [...new Set(ids)].slice(0, most);
}

/** Undefined for one that is gone. */
async function findSession(requestId: string, rollcall: Rollcall): Promise<Session | undefined> {
  try {
    return await rollcall.getSession(requestId);
  } catch (failure) {
    if (failure instanceof RollcallError && failure.code === 'not-found') return undefined;
    return refuse(failure);
  }
}
