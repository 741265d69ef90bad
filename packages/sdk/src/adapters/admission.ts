/** What every adapter does: from the token of a request to whoever presented it, or to the answer that refuses it. */
import { isOutage } from '../outage.ts';
import type { TokenClient, Verifier } from '../verifier.ts';
import type { ActiveIntrospection, InactiveIntrospection } from '../wire.ts';

/** What a request came with. */
export interface Presented extends TokenClient {
  /** The header of that name. */
  readonly authorization: string | undefined;
}

/** An answer that says no, as RFC 9457 has it. */
export interface Refusal {
  readonly status: 401 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Admission =
  | { readonly admitted: ActiveIntrospection; readonly refusal?: never }
  | { readonly admitted?: never; readonly refusal: Refusal };

/** In which a next token travels on to the client. */
export const nextTokenHeader = 'Rollcall-Next-Token';

/** For an answer with a next token, whatever the application says of caches: what they keep they hand to others. */
export const uncached = ['Cache-Control', 'no-store'] as const;

/** Rejects only where the verifier's own session may not ask, with that as the `cause`: it is the application's failure, and none of its client's. */
export async function admit(
  verifier: Pick<Verifier, 'verify'>,
  { authorization = '', ...client }: Presented,
): Promise<Admission> {
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (token === undefined) return { refusal: noToken() };
  try {
    const answer = await verifier.verify(token, client);
    return answer.active ? { admitted: answer } : { refusal: badToken(answer) };
  } catch (error) {
    if (isOutage(error)) return { refusal: outage(error.retryAfter) };
    // Frameworks answer with the `status` of an error, and 401 or 403 would tell the client of a session that is not its own.
    throw new Error('The application could not verify a token.', { cause: error });
  }
}

function noToken(): Refusal {
  const members = { code: 'unauthenticated', detail: 'The request carries no token.' };
  return refusalOf(401, members, { 'WWW-Authenticate': 'Bearer' });
}

const details = {
  unauthenticated: 'The token is not valid.',
  'session-ended': 'The session has ended.',
  'other-network': 'The session may not be used from this network: sign in again from here.',
} as const satisfies Record<InactiveIntrospection['code'], string>;

// RFC 6750, 3.1: whoever presented a token is told that the token is what is wrong.
function badToken({ code, endReason, endedBy }: InactiveIntrospection): Refusal {
  const detail = details[code];
  const members = { code, detail, ...(endReason && { endReason }), ...(endedBy && { endedBy }) };
  return refusalOf(401, members, { 'WWW-Authenticate': 'Bearer error="invalid_token"' });
}

function outage(retryAfter = 2): Refusal {
  const members = { code: 'unavailable', detail: 'The token cannot be verified at the moment.' };
  return refusalOf(503, members, { 'Retry-After': String(retryAfter) });
}

const titles = { 401: 'Unauthorized', 503: 'Service Unavailable' } as const;

function refusalOf(status: 401 | 503, members: object, headers: Record<string, string>): Refusal {
  return {
    status,
    headers: { ...headers, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
    body: JSON.stringify({ title: titles[status], status, ...members }),
  };
}
