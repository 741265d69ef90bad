import { judgeTermination } from '@rollcall/core/termination';
import { answerOf } from '#lib/server/answer.ts';
import { actorOf, requireAdministrator } from '#lib/server/viewer.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ params: { requestId }, locals: { rollcall, now } }) => {
  const actor = actorOf(await requireAdministrator());
  const [session, rotations] = await answerOf(
    Promise.all([rollcall.getSession(requestId), rollcall.rotations(requestId)]),
  );
  const { organizationId } = actor;
  return { session, rotations, verdict: judgeTermination(actor, { ...session, organizationId }, now) };
}) satisfies PageServerLoad;
