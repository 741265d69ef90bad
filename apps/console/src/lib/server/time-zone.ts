/** The zone in which the viewer reads times, as far as the server knows. */
import { isTimeZone } from '@rollcall/core/instant';
import type { Cookies } from '@sveltejs/kit';
import { timeZoneCookie, unknownTimeZone } from '#lib/time/time-zone.ts';

export function readTimeZone(cookies: Pick<Cookies, 'get'>): string {
  const timeZone = cookies.get(timeZoneCookie) ?? unknownTimeZone;
  return isTimeZone(timeZone) ? timeZone : unknownTimeZone;
}
