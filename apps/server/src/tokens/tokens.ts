/** Making tokens, and telling made ones from made-up ones. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type TokenParts, writeToken } from '@rollcall/core/token';

type Unsigned = Omit<TokenParts, 'mac'>;

export interface Tokens {
  /** The token that goes with these parts. `salt` is the session's own: without it, the secret alone makes no token. */
  make(unsigned: Unsigned, salt: Uint8Array): string;
  isGenuine(parts: TokenParts, salt: Uint8Array): boolean;
}

/** The first secret signs, all of them verify. */
export function tokensUnder([first, ...former]: readonly [string, ...string[]]): Tokens {
  return {
    make: (unsigned, salt) => writeToken({ ...unsigned, mac: macOf(unsigned, first, salt).toString('base64url') }),
    isGenuine(parts, salt) {
      const presented = Buffer.from(parts.mac, 'base64url');
      return [first, ...former].some((secret) => timingSafeEqual(macOf(parts, secret, salt), presented));
    },
  };
}

/** In constant time. */
export function isSameMac(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one, 'latin1'), Buffer.from(other, 'latin1'));
}

// The purpose keeps a key of one use from being one of another.
const purpose = 'rollcall token';

function macOf({ organizationId, requestId, number }: Unsigned, secret: string, salt: Uint8Array): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));
  return createHmac('sha256', key).update(`${organizationId}.${requestId}.${number}`).digest();
}
