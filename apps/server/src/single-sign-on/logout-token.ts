/** The token with which a provider ends sessions: OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6. */
import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import { PlainText } from '@rollcall/core/schema/text';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import * as z from 'zod';
import type { Errand } from './provider.ts';

/** Whose sessions end. With both, those of the account in that session of the provider's. */
export type LoggedOut =
  | { readonly subject: string; readonly session: string | undefined }
  | { readonly subject: undefined; readonly session: string };

export interface LogoutToken {
  readonly who: LoggedOut;
  /** It is good once. */
  readonly tokenId: string;
  /** From then on it would be refused anyway. */
  readonly expiresAt: Instant;
}

// How far the provider's clock may be from ours.
const toleranceSeconds = 30;

// None that needs a shared secret, and not `none`.
const asymmetric = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Whose the token says that it is, before anything of it is believed: who says it is nobody known is not worth asking a provider. */
export function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** Throws for what is not valid; the message says why. */
export async function verifyLogoutToken(
  { metadata, fetch }: Errand,
  { token, clientId, now }: { token: string; clientId: string; now: Instant },
): Promise<LogoutToken> {
  const keys = createLocalJWKSet(await readKeys(fetch, metadata.jwks_uri));
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: algorithmsOf(metadata),
    issuer: metadata.issuer,
    audience: clientId,
    clockTolerance: toleranceSeconds,
    currentDate: new Date(toMilliseconds(now)),
  });
  demandType(protectedHeader.typ);
  const { iat, exp, jti, sub, sid } = Claims.parse(payload);
  if (iat > toMilliseconds(now) / 1000 + toleranceSeconds)
    throw new TypeError('it is from a time that is still to come');
  return { who: whose(sub, sid), tokenId: jti, expiresAt: toInstant((exp + toleranceSeconds) * 1000) };
}

const event = 'http://schemas.openid.net/event/backchannel-logout';

const Claims = z
  .object({
    iat: z.number(),
    exp: z.number().max(253_402_300_000),
    jti: PlainText.min(1).max(500),
    sub: PlainText.min(1).max(255).optional(),
    sid: PlainText.min(1).max(500).optional(),
    events: z.object({ [event]: z.looseObject({}) }),
    nonce: z.never('must not be there: an ID token is no logout token').optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined, 'must say whose sessions end, by sub or sid');

function whose(subject: string | undefined, session: string | undefined): LoggedOut {
  if (subject !== undefined) return { subject, session };
  if (session !== undefined) return { subject, session };
  throw new TypeError('neither sub nor sid');
}

// Recommended, not required; another type is another token's.
function demandType(type: string | undefined): void {
  if (type === undefined || /^(?:application\/)?(?:logout\+)?jwt$/i.test(type)) return;
  throw new TypeError(`the type ${JSON.stringify(type)} is not that of a logout token`);
}

function algorithmsOf({ id_token_signing_alg_values_supported: supported }: Errand['metadata']): string[] {
  return supported ? asymmetric.filter((algorithm) => supported.includes(algorithm)) : ['RS256'];
}

const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

// Asked each time: a key that the provider gave up is good no longer, and a new one at once.
async function readKeys(fetch: Errand['fetch'], url: string): Promise<JSONWebKeySet> {
  const answer = await fetch(url, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new TypeError(`the provider’s keys were answered with ${answer.status}`);
  return KeySet.parse(await answer.json());
}
