/**
 * The form of a key: `rck_<organization>.<key>.<secret>.<checksum>`. The checksum tells a key from what only looks like one, without asking anybody: scanners
 * that look for leaked secrets can be sure, and what was mistyped costs no query.
 */
import { crc32 } from 'node:zlib';

export interface KeyParts {
  readonly organizationId: string;
  readonly keyId: string;
  /** 32 random bytes, 43 characters of base64url. */
  readonly secret: string;
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const grammar = new RegExp(`^(rck_(${uuid})\\.(${uuid})\\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]))\\.([0-9a-f]{8})$`);

export function writeKey({ organizationId, keyId, secret }: KeyParts): string {
  const text = `rck_${organizationId}.${keyId}.${secret}`;
  return `${text}.${checksumOf(text)}`;
}

/** Undefined for whatever is no whole key. */
export function parseKey(text: string): KeyParts | undefined {
  const [, checked = '', organizationId, keyId, secret, checksum] = grammar.exec(text) ?? [];
  if (!organizationId || !keyId || !secret || checksumOf(checked) !== checksum) return undefined;
  return { organizationId, keyId, secret };
}

/** CRC-32 (ISO 3309) of all before it, in hexadecimal. */
function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
