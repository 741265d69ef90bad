/** The cookie in which the console's token travels. */
import type { Timeouts } from '@rollcall/core/lifetime';
import type { Context as HonoContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

// Browsers keep no cookie for longer (RFC 6265bis, 5.5).
const mostSeconds = 400 * 24 * 60 * 60;

export function readSessionCookie(c: HonoContext, publicUrl: URL): string | undefined {
  return getCookie(c, nameOf(publicUrl));
}

export function setSessionCookie(c: HonoContext, token: string, { publicUrl, timeouts }: CookieRules): void {
  const maxAge = Math.min(timeouts.absoluteSeconds, mostSeconds);
  setCookie(c, nameOf(publicUrl), token, { ...attributesOf(publicUrl), maxAge });
}

/** Whether an answer sets the cookie, or clears it. */
export function hasSessionCookie(answer: Response, publicUrl: URL): boolean {
  return answer.headers.getSetCookie().some((cookie) => cookie.startsWith(`${nameOf(publicUrl)}=`));
}

export function clearSessionCookie(c: HonoContext, publicUrl: URL): void {
  deleteCookie(c, nameOf(publicUrl), attributesOf(publicUrl));
}

interface CookieRules {
  readonly publicUrl: URL;
  readonly timeouts: Timeouts;
}

// `__Host-` binds a cookie to this very host, and demands https.
function nameOf(publicUrl: URL): string {
  return publicUrl.protocol === 'https:' ? '__Host-rollcall' : 'rollcall';
}

function attributesOf(publicUrl: URL) {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: publicUrl.protocol === 'https:' } as const;
}
