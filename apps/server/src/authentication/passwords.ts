/** Passwords are kept as argon2id hashes in PHC strings, which name their own parameters. */
import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Without a hash to compare with, spends the same time and says no. */
  verify(password: string, hash: string | null | undefined): Promise<boolean>;
}

interface Parameters {
  readonly salt: Uint8Array;
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** Turns a password into 32 bytes, slowly. */
export type Derive = (password: string, parameters: Parameters) => Promise<Uint8Array>;

// OWASP's figures; memory in KiB.
const cost = { memory: 19 * 1024, passes: 2, parallelism: 1 } as const;
const hashBytes = 32;

export function passwordsWith(random: (bytes: number) => Uint8Array, derive: Derive = deriveWithArgon2): Passwords {
  // Nobody has this one: it is there to be compared with when there is nothing else.
  const nobodys: Stored = { ...cost, salt: random(16), hash: random(hashBytes) };

  return {
    async hash(password) {
      const parameters = { ...cost, salt: random(16) };
      return write({ ...parameters, hash: await derive(normalized(password), parameters) });
    },
    async verify(password, text) {
      const stored = text == null ? undefined : read(text);
      const { hash, ...parameters } = stored ?? nobodys;
      const derived = await derive(normalized(password), parameters);
      return timingSafeEqual(derived, hash) && stored !== undefined;
    },
  };
}

interface Stored extends Parameters {
  readonly hash: Uint8Array;
}

const argon2Async = promisify(argon2);

function deriveWithArgon2(message: string, { salt, memory, passes, parallelism }: Parameters): Promise<Uint8Array> {
  return argon2Async('argon2id', { message, nonce: salt, memory, passes, parallelism, tagLength: hashBytes });
}

// The same password typed on another system may arrive in another normal form (NIST SP 800-63B-4, 3.1.1.2).
function normalized(password: string): string {
  return password.normalize('NFKC');
}

function write({ memory, passes, parallelism, salt, hash }: Stored): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

const grammar = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]{43})$/;

function read(text: string): Stored {
  const [, memory, passes, parallelism, salt, hash] = grammar.exec(text) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('a stored password hash cannot be read');
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}
