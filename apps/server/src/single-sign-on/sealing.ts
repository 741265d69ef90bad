/** What only this service can read, and nobody can change unseen: AES-256-GCM under a key that HKDF derives from the server's secret. */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

export interface Sealing {
  /** `context` is what it belongs to: nobody can open it as something else's. */
  seal(text: string, context: string): Buffer;
  /** Undefined for whatever was not sealed so. */
  open(sealed: Uint8Array, context: string): string | undefined;
}

interface Sealer {
  /** The first seals, all of them open. */
  readonly secrets: readonly [string, ...string[]];
  readonly random: (bytes: number) => Uint8Array;
  /** Keeps a key of one use from being one of another. */
  readonly purpose: string;
}

const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;

export function sealingFor({ secrets, random, purpose }: Sealer): Sealing {
  const keyUnder = (secret: string, salt: Uint8Array) => Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));

  return {
    seal(text, context) {
      // a salt for each: no two have one key, whatever the nonces
      const [salt, nonce] = [random(saltBytes), random(nonceBytes)];
      const cipher = createCipheriv('aes-256-gcm', keyUnder(secrets[0], salt), nonce).setAAD(Buffer.from(context));
      const body = [cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([salt, nonce, cipher.getAuthTag(), ...body]);
    },
    open(sealed, context) {
      if (sealed.length < saltBytes + nonceBytes + tagBytes) return undefined;
      for (const secret of secrets) {
        const text = openWith(keyUnder(secret, sealed.subarray(0, saltBytes)), sealed.subarray(saltBytes), context);
        if (text !== undefined) return text;
      }
      return undefined;
    },
  };
}

function openWith(key: Buffer, sealed: Uint8Array, context: string): string | undefined {
  const nonce = sealed.subarray(0, nonceBytes);
  const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
