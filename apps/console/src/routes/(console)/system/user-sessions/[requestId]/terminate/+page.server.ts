import { judgeTermination } from '@rollcall/core/termination';
import { type Rollcall, RollcallError } from '@rollcall/sdk';
import { redirect } from '@sveltejs/kit';
import { answerOf, refuse } from '#lib/server/answer.ts';
import { readQuery } from '#lib/server/list-query.ts';
import { readOrganization } from '#lib/server/organization-cookie.ts';
import { leaveOutcome } from '#lib/server/outcome-cookie.ts';
import { signInAddress } from '#lib/server/sign-in-address.ts';
import { actorOf, requireAdministrator } from '#lib/server/viewer.ts';
import { listAddress } from '#lib/sessions/list-address.ts';
import type { OutcomeKind } from '#lib/sessions/outcome.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ params, locals }) => {
  const actor = actorOf(await requireAdministrator());
  const session = await answerOf(locals.rollcall.getSession(params.requestId));
  const { organizationId } = actor;
  return { session, verdict: judgeTermination(actor, { ...session, organizationId }, locals.now) };
}) satisfies PageServerLoad;

export const actions = {
  async default({ params: { requestId }, url, locals, cookies }) {
    const list = listAddress(readQuery(url.searchParams));
    const actor = actorOf(await requireAdministrator(list));
    const kind = await terminate(requestId, locals.rollcall, list);
    if (requestId === actor.requestId) {
      const organization = readOrganization(cookies);
      redirect(303, signInAddress({ organization, reason: 'terminated-by-yourself', next: list }));
    }
    leaveOutcome(cookies, { kind, about: requestId });
    redirect(303, list);
  },
} satisfies Actions;

async function terminate(requestId: string, rollcall: Rollcall, next: string): Promise<OutcomeKind> {
  try {
    await rollcall.endSession(requestId);
    return 'terminated';
  } catch (failure) {
    if (failure instanceof RollcallError && failure.code === 'not-active') return 'already-ended';
    if (failure instanceof RollcallError && failure.code === 'not-found') return 'not-found';
    return refuse(failure, next);
  }
}
