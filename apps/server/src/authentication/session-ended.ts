/** Telling the holder of a token that its session has ended, and why. */
import type { EndedBy } from '@rollcall/core/schema/problem';
import type { EndReason } from '@rollcall/core/schema/session';
import type { SessionByKey } from '../database/database.ts';
import { RequestProblem } from '../http/problem.ts';

type Ended = Pick<SessionByKey, 'end_reason' | 'ended_by_user_id' | 'user_id'>;

/** Never by whom: the token may be in other hands by now. */
export function sessionEnded(session: Ended): RequestProblem {
  const endedBy = endedByOf(session);
  const endReason = session.end_reason ?? undefined;
  return new RequestProblem('session-ended', explain(endReason, endedBy), { endReason, endedBy });
}

function explain(endReason: EndReason | undefined, endedBy: EndedBy): string {
  if (endReason !== 'terminated') return `The session has ended: ${endReason ?? 'for a reason that is not known'}.`;
  return `The session has been terminated by ${endedBy === 'user' ? 'its user' : 'an administrator'}.`;
}

function endedByOf({ ended_by_user_id, user_id }: Ended): EndedBy {
  if (ended_by_user_id === null) return 'service';
  return ended_by_user_id === user_id ? 'user' : 'administrator';
}
