import { may } from '@rollcall/core/permission';
import { judgeTermination } from '@rollcall/core/termination';
import { answerOf } from '#lib/server/answer.ts';
import { actorOf, requireAdministrator } from '#lib/server/viewer.ts';
import type { PageServerLoad } from './$types';

const mostEvents = 20;

export const load = (async ({ params: { requestId }, locals: { rollcall, now } }) => {
  const actor = actorOf(await requireAdministrator());
  const [details, rotations, audit] = await answerOf(
    Promise.all([
      rollcall.sessionDetails(requestId),
      rollcall.rotations(requestId),
      may(actor, 'audit:read') ? rollcall.auditEvents({ requestId, pageSize: mostEvents }) : { events: [], total: 0 },
    ]),
  );
  const { session } = details;
  const { organizationId } = actor;
  return { details, rotations, audit, verdict: judgeTermination(actor, { ...session, organizationId }, now) };
}) satisfies PageServerLoad;
