/** From the actor to what is told of whose token it is. */
import type { Instant } from '@rollcall/core/instant';
import type { Authentication } from '@rollcall/core/schema/authentication';
import { sessionOf } from '../sessions/session-row.ts';
import type { Actor } from './actor.ts';

/** Who is told, and when: the session of `requestId` is theirs. */
interface Listener {
  readonly requestId: string;
  readonly now: Instant;
}

export function authenticationOf(actor: Actor, { requestId, now }: Listener): Authentication {
  const { organizationId, userId, email, permissions, session, timeouts } = actor;
  return {
    session: sessionOf(session, { requestId, now, timeouts }),
    user: { userId, email, accountType: session.account_type, role: session.role },
    organization: { organizationId, slug: session.organization_slug, name: session.organization_name },
    permissions: [...permissions],
  };
}
