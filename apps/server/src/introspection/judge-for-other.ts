/** A token that somebody else presented, judged for the application that it was presented to. */
import type { Introspection, IntrospectionRequest } from '@rollcall/core/schema/introspection';
import { parseToken, type TokenParts } from '@rollcall/core/token';
import type { Actor } from '../authentication/actor.ts';
import { authenticate } from '../authentication/authenticate.ts';
import { authenticationOf } from '../authentication/authentication-of.ts';
import { type Judging, notValid, withPending } from '../authentication/judging.ts';
import { type Client, canonicalAddress } from '../http/client-address.ts';
import { RequestProblem } from '../http/problem.ts';

type Inactive = Extract<Introspection, { active: false }>;

/** That the token is not good is an answer too. Another organization's token never reaches the database. */
export async function judgeForOther(
  judging: Judging,
  caller: Actor,
  { token, client }: IntrospectionRequest,
): Promise<Introspection> {
  try {
    const parts = parseToken(token);
    if (parts?.organizationId !== caller.organizationId) throw notValid();
    const from = client
      ? { client: reportedClient(client) }
      : { client: await newestClient(judging, parts), isAssumed: true };
    const holder = await authenticate(judging, { token, carrier: 'header', ...from });
    const { nextToken } = holder;
    const told = authenticationOf(holder, { requestId: caller.requestId, now: judging.clock() });
    return { active: true, ...told, ...(nextToken !== undefined && { nextToken }) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return refusal;
    throw error;
  }
}

export function reportedClient({ ipAddress, userAgent }: Client): Client {
  return { ipAddress: canonicalAddress(ipAddress), userAgent };
}

// An application that does not say where its client is changes nothing of what is known.
async function newestClient(judging: Judging, { organizationId, requestId }: TokenParts): Promise<Client> {
  const { registry } = judging;
  const known = registry.recall(organizationId, requestId) ?? (await registry.read(organizationId, requestId));
  if (!known) throw notValid();
  const { last_ip_address: ipAddress, last_user_agent: userAgent } = withPending(judging, known.session);
  return { ipAddress, userAgent };
}

function refusalOf(error: unknown): Inactive | undefined {
  if (!(error instanceof RequestProblem)) return undefined;
  const { code, particulars } = error;
  if (code !== 'unauthenticated' && code !== 'session-ended' && code !== 'other-network') return undefined;
  const { endReason, endedBy } = particulars;
  return { active: false, code, ...(endReason && { endReason }), ...(endedBy && { endedBy }) };
}
