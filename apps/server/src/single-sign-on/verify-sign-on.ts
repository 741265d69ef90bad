/** The way back from the provider, validated by `openid-client`: whose account it is, and what the provider tells of them. */
import { toInstant } from '@rollcall/core/instant';
import { Email } from '@rollcall/core/schema/email';
import { PlainText } from '@rollcall/core/schema/text';
import * as client from 'openid-client';
import * as z from 'zod';
import type { ProviderAccount } from '../sessions/create-session.ts';
import { SignOnFailure } from './failures.ts';
import type { PendingSignOn } from './pending-sign-on.ts';
import type { Errand } from './provider.ts';

/** Somebody who has shown the provider who they are. */
export interface SignOn {
  readonly account: ProviderAccount;
  /** Undefined unless the provider says that it is verified. */
  readonly verifiedEmail: string | undefined;
  readonly groups: readonly string[];
}

interface Returned {
  /** Where the browser came back to, with what the provider gave it: on the public address, whatever `Host` says. */
  readonly url: URL;
  readonly pending: PendingSignOn;
  readonly groupClaim: string | null;
}

/** Throws what `failureOf` understands. */
export async function verifySignOn({ configuration, metadata }: Errand, returned: Returned): Promise<SignOn> {
  const { url, pending, groupClaim } = returned;
  const tokens = await client.authorizationCodeGrant(configuration, url, {
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    pkceCodeVerifier: pending.codeVerifier,
    idTokenExpected: true,
  });
  const idToken: Readonly<Record<string, unknown>> = { ...tokens.claims() };
  const identity = Identity.safeParse(idToken);
  if (!identity.success) {
    const { error: cause } = identity;
    throw new SignOnFailure('not-valid', 'the ID token does not say who it is about', { cause });
  }
  const { iss, sub, sid, amr, acr, auth_time } = identity.data;
  const wanted = ['email', 'email_verified', ...(groupClaim === null ? [] : [groupClaim])];
  const isComplete = wanted.every((claim) => idToken[claim] !== undefined);
  const asksForMore = !isComplete && metadata.userinfo_endpoint !== undefined;
  const more = asksForMore ? await client.fetchUserInfo(configuration, tokens.access_token, sub) : {};
  // Together or not at all: the one's address is not verified by what the other says of its own.
  const told: object = idToken['email_verified'] === undefined ? more : idToken;
  const context = {
    methods: amr,
    ...(acr !== undefined && { contextClass: acr }),
    ...(auth_time !== undefined && { authenticatedAt: toInstant(auth_time * 1000) }),
  };
  return {
    account: { issuer: iss, subject: sub, session: sid, context },
    verifiedEmail: VerifiedEmail.safeParse(told).data?.email,
    groups: groupClaim === null ? [] : (Groups.safeParse({ ...more, ...idToken }[groupClaim]).data ?? []),
  };
}

const Identity = z.object({
  iss: PlainText,
  sub: PlainText.min(1).max(255),
  sid: PlainText.min(1).max(500).optional(),
  // What is told beside that keeps nobody out.
  amr: z.array(PlainText.max(100)).max(20).catch([]),
  acr: PlainText.min(1).max(200).optional().catch(undefined),
  auth_time: z.int().min(0).max(253_402_300_799).optional().catch(undefined),
});

const VerifiedEmail = z.object({ email: Email, email_verified: z.literal(true) });

// Some providers name the only group as a text.
const Groups = z.union([z.array(z.string()), z.string().transform((group) => [group])]);
