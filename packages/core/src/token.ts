/** The form of a token: `rct_<organization>.<session>.<number>.<mac>`. Making and verifying the mac is the server's. */

export interface TokenParts {
  readonly organizationId: string;
  readonly requestId: string;
  /** Counts the session's tokens from 1. */
  readonly number: number;
  /** HMAC-SHA-256, 43 characters of base64url. */
  readonly mac: string;
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
// 32 bytes leave two bits of the last character unused: only a canonical one is accepted, so that a token has one spelling.
const grammar = new RegExp(`^rct_(${uuid})\\.(${uuid})\\.([1-9]\\d{0,15})\\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$`);

/** The parts of a well-formed token, or `undefined`: nothing malformed ever reaches the database. */
export function parseToken(text: string): TokenParts | undefined {
  const [, organizationId, requestId, digits, mac] = grammar.exec(text) ?? [];
  if (!organizationId || !requestId || !digits || !mac) return undefined;
  const number = Number(digits);
  return Number.isSafeInteger(number) ? { organizationId, requestId, number, mac } : undefined;
}

/**
 * The id of the session of a text that is a token; of any other text some part of it. For finding what is remembered of a token that was parsed before,
 * at a tenth of the cost.
 */
export function requestIdIn(text: string): string {
  return text.slice(41, 77);
}

const macLength = 43;

/** Whether a text is this very token. How long that takes tells nothing of the mac; all before it is no secret. */
export function isSameToken(token: string, text: string): boolean {
  const start = token.length - macLength;
  if (text.length !== token.length || text.slice(0, start) !== token.slice(0, start)) return false;
  return isSameMac(token.slice(start), text.slice(start));
}

/** In constant time for macs of the same length. */
export function isSameMac(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}

/** The other way round of {@link parseToken}. */
export function writeToken({ organizationId, requestId, number, mac }: TokenParts): string {
  return `rct_${organizationId}.${requestId}.${number}.${mac}`;
}
