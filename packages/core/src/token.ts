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

/** The other way round of {@link parseToken}. */
export function writeToken({ organizationId, requestId, number, mac }: TokenParts): string {
  return `rct_${organizationId}.${requestId}.${number}.${mac}`;
}
