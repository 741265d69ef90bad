/** The cookie in which the console's token travels; others are called and kept likewise. */
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
  setCookie(c, nameOf(publicUrl), token, { ...cookieAttributes(publicUrl), maxAge });
}

/** Whether an answer sets the cookie, or clears it. */
export function hasSessionCookie(answer: Response, publicUrl: URL): boolean {
  return answer.headers.getSetCookie().some((cookie) => cookie.startsWith(`${nameOf(publicUrl)}=`));
}

export function clearSessionCookie(c: HonoContext, publicUrl: URL): void {
  deleteCookie(c, nameOf(publicUrl), cookieAttributes(publicUrl));
}

interface CookieRules {
  readonly publicUrl: URL;
  readonly timeouts: Timeouts;
}

function nameOf(publicUrl: URL): string {
  return cookieName(publicUrl, 'rollcall');
}

/** `__Host-` binds a cookie to this very host, and demands https. */
export function cookieName(publicUrl: URL, name: string): string {
  return publicUrl.protocol === 'https:' ? `__Host-${name}` : name;
}

export function cookieAttributes(publicUrl: URL) {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: publicUrl.protocol === 'https:' } as const;
}
