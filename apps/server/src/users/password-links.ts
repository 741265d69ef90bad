/** One-time links with which somebody chooses their password. The secret is in the link alone: kept is what it is checked against. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import { passwordLinkHours, writePasswordLink } from '@rollcall/core/password-link';
import type { PasswordLink } from '@rollcall/core/schema/authentication';
import type { Context } from '../context.ts';

/** What is kept of a link. */
export interface NewPasswordLink {
  readonly hash: Buffer;
  readonly expiresAt: Instant;
}

interface For {
  readonly organizationId: string;
  readonly userId: string;
  readonly at: Instant;
}

/** The page of the console where a password is chosen. What stands behind the `#` is sent to no server and in no referrer. */
const page = '/choose-password';

export function makePasswordLink(
  { random, publicUrl }: Pick<Context, 'random' | 'publicUrl'>,
  { organizationId, userId, at }: For,
): { readonly kept: NewPasswordLink; readonly shown: PasswordLink } {
  const secret = Buffer.from(random(32)).toString('base64url');
  const expiresAt = toInstant(toMilliseconds(at) + passwordLinkHours * 3_600_000);
  const url = new URL(page, publicUrl);
  url.hash = writePasswordLink({ organizationId, userId, secret });
  return { kept: { hash: hashOf(secret), expiresAt }, shown: { url: url.href, expiresAt } };
}

export function isSecretOf(secret: string, { hash, expiresAt }: NewPasswordLink, now: Instant): boolean {
  return timingSafeEqual(hashOf(secret), hash) && now < expiresAt;
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
