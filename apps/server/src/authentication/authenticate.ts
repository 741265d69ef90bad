/** From a token to the actor. */
import type { Instant } from '@rollcall/core/instant';
import { permissionsOf } from '@rollcall/core/permission';
import { parseToken, type TokenParts } from '@rollcall/core/token';
import type { Client } from '../http/client-address.ts';
import type { Actor } from './actor.ts';
import { judgeByDatabase, type Presenter } from './judge-by-database.ts';
import { judgeByMemory } from './judge-by-memory.ts';
import { type Admission, type Judging, saltOf, timeoutsOf, unauthenticated, withActivity } from './judging.ts';

export interface Presented extends Presenter {
  readonly token: string;
  readonly carrier: Actor['carrier'];
}

/** Whose token this is. Throws 401 for one that is not good; a good one counts as activity of its session. */
export async function authenticate(judging: Judging, presented: Presented): Promise<Actor> {
  const { token, carrier, client, isAssumed } = presented;
  const parts = parseToken(token);
  if (!parts) throw unauthenticated('The token is malformed.');
  const now = judging.clock();
  const from = isAssumed ? undefined : client;
  const admission = judgeByMemory(judging, parts, { now, from }) ?? (await judgeByDatabase(judging, parts, presented));
  return admit(judging, parts, { admission, now, client, carrier });
}

interface Admitted extends Pick<Actor, 'carrier'> {
  readonly admission: Admission;
  /** When the request came, and from whom. */
  readonly now: Instant;
  readonly client: Client;
}

/** The actor, whose activity this is. */
export function admit(judging: Judging, parts: TokenParts, { admission, now, client, carrier }: Admitted): Actor {
  const { organizationId, requestId } = parts;
  const activity = { requestId, at: now, ...client };
  judging.activity.record(organizationId, activity);

  const session = withActivity(admission.session, activity);
  const { user_id: userId, user_email: email } = session;
  const permissions = permissionsOf({ ...session, within: session.permissions_within });
  const timeouts = timeoutsOf(judging, session);
  return { organizationId, requestId, userId, email, permissions, session, timeouts, carrier, ...nextToken() };

  function nextToken() {
    if (admission.carries === null) return {};
    const next = { organizationId, requestId, number: admission.carries };
    return { nextToken: judging.tokens.make(next, saltOf(session)) };
  }
}
