/** Whether a session may be ended by somebody, and what follows. The server's refusal and the console's warning are this one verdict. */
import type { Instant } from './instant.ts';
import { isActiveAt } from './lifetime.ts';
import { type Actor, may, maySeeSession } from './permission.ts';
import type { Session } from './schema/session.ts';

export type TerminationVerdict =
  | {
      readonly allowed: true;
      /** Whose session it is: the actor's current one, another one of the same user, or somebody else's. */
      readonly whose: 'current' | 'own' | 'another';
      /** What follows: the actor is signed out at once, or the session's owner has to sign in again. */
      readonly consequence: 'actor-signed-out' | 'owner-signed-out';
    }
  | { readonly allowed: false; readonly reason: 'not-found' | 'forbidden' | 'not-active' };

export type TerminationSubject = Pick<Session, 'requestId' | 'userId' | 'expiresAt' | 'endedAt'> & {
  readonly organizationId: string;
};

/**
 * Judges the termination of `session` by `actor` at `now`.
 *
 * Whoever lacks `users:manage` may end their own sessions; about anything else they hear `forbidden`, whether or not it exists, so that ids cannot be probed.
 * Another organization's session is `not-found`, like none at all. One that has ended or expired (also at this very instant) is `not-active`.
 */
export function judgeTermination(
  actor: Actor,
  session: TerminationSubject | undefined,
  now: Instant,
): TerminationVerdict {
  const found = session?.organizationId === actor.organizationId ? session : undefined;
  if (!found) return refuse(may(actor, 'users:manage') ? 'not-found' : 'forbidden');
  if (!maySeeSession(actor, found)) return refuse('forbidden');
  if (!isActiveAt(found, now)) return refuse('not-active');
  if (found.requestId === actor.requestId) return { allowed: true, whose: 'current', consequence: 'actor-signed-out' };
  const whose = found.userId === actor.userId ? 'own' : 'another';
  return { allowed: true, whose, consequence: 'owner-signed-out' };
}

function refuse(reason: 'not-found' | 'forbidden' | 'not-active'): TerminationVerdict {
  return { allowed: false, reason };
}
