/** From a token to the actor. */
import { lifetimeAt } from '@rollcall/core/lifetime';
import { permissionsOf } from '@rollcall/core/permission';
import type { EndReason } from '@rollcall/core/schema/session';
import { parseToken } from '@rollcall/core/token';
import type { Context } from '../context.ts';
import type { SessionByKey } from '../database/database.ts';
import type { Client } from '../http/client-address.ts';
import { RequestProblem } from '../http/problem.ts';
import { spanOf } from '../sessions/session-row.ts';
import { judgeToken } from '../tokens/judge-token.ts';
import type { Actor } from './actor.ts';

export interface Presented {
  readonly token: string;
  readonly carrier: Actor['carrier'];
  readonly client: Client;
}

type Needs = Pick<Context, 'database' | 'clock' | 'tokens' | 'timeouts' | 'activity'>;

/** Whose token this is. Throws 401 for one that is not good; a good one counts as activity of its session. */
export async function authenticate(context: Needs, { token, carrier, client }: Presented): Promise<Actor> {
  const { database, clock, tokens, timeouts, activity } = context;
  const parts = parseToken(token);
  if (!parts) throw unauthenticated('The token is malformed.');
  const { organizationId, requestId } = parts;
  const row = await database.readSessionByKey(organizationId, requestId);
  if (!row) throw unauthenticated('The token is not valid.');

  const now = clock();
  const known = withPending(row, activity.pending(organizationId, requestId));
  const verdict = judgeToken(
    { number: parts.number, isGenuine: tokens.isGenuine(parts, row.token_salt) },
    {
      generation: row.token_generation,
      lifetime: lifetimeAt(spanOf(known), timeouts, now),
      isDisabled: row.disabled_at !== null,
    },
  );
  if (verdict.kind === 'ended') {
    throw new RequestProblem('session-ended', explainEnd(row, verdict.endReason), { endReason: verdict.endReason });
  }
  if (verdict.kind === 'refused') throw unauthenticated('The token is not valid.');

  const seen = { requestId, at: now, ...client };
  activity.record(organizationId, seen);
  const permissions = permissionsOf(row);
  const { user_id: userId, user_email: email } = row;
  return { organizationId, requestId, userId, email, permissions, session: withPending(known, seen), carrier };
}

export function unauthenticated(detail: string): RequestProblem {
  return new RequestProblem('unauthenticated', detail);
}

// Never by whom: the token may be in other hands by now.
function explainEnd(row: SessionByKey, reason: EndReason | undefined): string {
  if (reason !== 'terminated') return `The session has ended: ${reason ?? 'for a reason that is not known'}.`;
  const who = row.ended_by_user_id === row.user_id ? 'its user' : 'an administrator';
  return `The session has been terminated by ${who}.`;
}

// What a session did within the last second may not have reached the database yet.
function withPending(row: SessionByKey, seen: Seen | undefined): SessionByKey {
  if (!seen || seen.at <= row.last_activity) return row;
  return { ...row, last_activity: seen.at, last_ip_address: seen.ipAddress, last_user_agent: seen.userAgent };
}

interface Seen extends Client {
  readonly at: string;
}
