/** What has to be remembered from the way to the provider until the way back: in the browser that goes it, sealed. */
import { Instant } from '@rollcall/core/schema/instant';
import { OrganizationSlug } from '@rollcall/core/schema/organization';
import type { Context as HonoContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';
import type { Context } from '../context.ts';
import { cookieAttributes, cookieName } from '../http/session-cookie.ts';
import { type Sealing, sealingFor } from './sealing.ts';

const PendingSignOn = z.object({
  organizationId: z.string(),
  slug: OrganizationSlug,
  issuer: z.string(),
  clientId: z.string(),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  expiresAt: Instant,
});
export type PendingSignOn = z.infer<typeof PendingSignOn>;

/** For signing in there, with second factors and forgotten passwords. */
export const pendingSeconds = 600;

/** One at a time in a browser: whoever begins again in another tab can end that one alone. */
export interface PendingSignOns {
  remember(c: HonoContext, pending: PendingSignOn): void;
  /** And forgets it: whatever comes of it, it was the only try. */
  take(c: HonoContext): PendingSignOn | undefined;
}

export function pendingSignOns({ secrets, random, publicUrl }: Pick<Context, 'secrets' | 'random' | 'publicUrl'>) {
  const sealing: Sealing = sealingFor({ secrets, random, purpose: 'rollcall single sign-on' });
  const name = cookieName(publicUrl, 'rollcall-sso');
  const attributes = cookieAttributes(publicUrl);
  return {
    remember(c, pending) {
      const sealed = sealing.seal(JSON.stringify(pending), name).toString('base64url');
      setCookie(c, name, sealed, { ...attributes, maxAge: pendingSeconds });
    },
    take(c) {
      const sealed = getCookie(c, name);
      if (sealed === undefined) return undefined;
      deleteCookie(c, name, attributes);
      const text = sealing.open(Buffer.from(sealed, 'base64url'), name);
      // another version may have sealed it
      return text === undefined ? undefined : PendingSignOn.safeParse(JSON.parse(text)).data;
    },
  } satisfies PendingSignOns;
}
