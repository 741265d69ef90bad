/**
 * The secret of a one-time link with which somebody chooses their password: `rcl_<organization>.<user>.<secret>`. It travels behind the `#` of the link's
 * address, which browsers send to nobody.
 */

export interface PasswordLinkParts {
  readonly organizationId: string;
  readonly userId: string;
  /** 32 random bytes, 43 characters of base64url. */
  readonly secret: string;
}

/** For how long a link can be used. */
export const passwordLinkHours = 72;

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const grammar = new RegExp(`^rcl_(${uuid})\\.(${uuid})\\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$`);

/** The parts of a well-formed one, or `undefined`: nothing malformed ever reaches the database. */
export function parsePasswordLink(text: string): PasswordLinkParts | undefined {
  const [, organizationId, userId, secret] = grammar.exec(text) ?? [];
  return organizationId && userId && secret ? { organizationId, userId, secret } : undefined;
}

/** The other way round of {@link parsePasswordLink}. */
export function writePasswordLink({ organizationId, userId, secret }: PasswordLinkParts): string {
  return `rcl_${organizationId}.${userId}.${secret}`;
}
