/** Making tokens, and telling made ones from made-up ones. */
import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type TokenParts, writeToken } from '@rollcall/core/token';
import { Memory } from '../registry/memory.ts';

type Unsigned = Omit<TokenParts, 'mac'>;

export interface Tokens {
  /** The token that goes with these parts. `salt` is the session's own: without it, the secret alone makes no token. */
  make(unsigned: Unsigned, salt: Uint8Array): string;
  isGenuine(parts: TokenParts, salt: Uint8Array): boolean;
}

/** The first secret signs, all of them verify. */
export function tokensUnder([first, ...former]: readonly [string, ...string[]]): Tokens {
  const signing = keysUnder(first);
  const verifying = [signing, ...former.map(keysUnder)];
  return {
    make: (unsigned, salt) => writeToken({ ...unsigned, mac: macOf(unsigned, signing(salt)).toString('base64url') }),
    isGenuine(parts, salt) {
      const presented = Buffer.from(parts.mac, 'base64url');
      return verifying.some((keyOf) => timingSafeEqual(macOf(parts, keyOf(salt)), presented));
    },
  };
}

// The purpose keeps a key of one use from being one of another.
const purpose = 'rollcall token';

const mostKeys = 10_000;

// Deriving a session's key costs ten times what using it does, and it is always the same one.
function keysUnder(secret: string): (salt: Uint8Array) => KeyObject {
  const known = new Memory<KeyObject>(mostKeys);
  return function keyOf(salt) {
    const name = Buffer.from(salt).toString('latin1');
    const before = known.get(name);
    if (before !== undefined) return before;
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32)));
    known.set(name, key);
    return key;
  };
}

function macOf({ organizationId, requestId, number }: Unsigned, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(`${organizationId}.${requestId}.${number}`).digest();
}
