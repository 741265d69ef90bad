/** Making tokens, and telling made ones from made-up ones. */
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { isSameMac, type TokenParts, writeToken } from '@rollcall/core/token';
import { Memory } from '../registry/memory.ts';

type Unsigned = Omit<TokenParts, 'mac'>;

export interface Tokens {
  /** The token that goes with these parts. `salt` is the session's own: without it, the secret alone makes no token. */
  make(unsigned: Unsigned, salt: Uint8Array): string;
  isGenuine(parts: TokenParts, salt: Uint8Array): boolean;
}

/** The first secret signs, all of them verify. */
export function tokensUnder([first, ...former]: readonly [string, ...string[]]): Tokens {
  const sign = macsUnder(first);
  const macs = [sign, ...former.map(macsUnder)];
  return {
    make: (unsigned, salt) => writeToken({ ...unsigned, mac: sign(unsigned, salt) }),
    isGenuine: (parts, salt) => macs.some((macOf) => isSameMac(macOf(parts, salt), parts.mac)),
  };
}

// The purpose keeps a key of one use from being one of another.
const purpose = 'rollcall token';
const mostKnown = 10_000;

// Deriving a session's key and using it costs as much as half an answer, and the same token comes again and again.
function macsUnder(secret: string): (unsigned: Unsigned, salt: Uint8Array) => string {
  const known = new Memory<string>(mostKnown);
  return function macOf({ organizationId, requestId, number }, salt) {
    const signed = `${organizationId}.${requestId}.${number}`;
    const name = Buffer.from(salt).toString('latin1') + signed;
    const before = known.get(name);
    if (before !== undefined) return before;
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32)));
    const mac = createHmac('sha256', key).update(signed).digest('base64url');
    known.set(name, mac);
    return mac;
  };
}
