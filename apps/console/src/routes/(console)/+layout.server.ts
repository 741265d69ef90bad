import { isTimeZone } from '@rollcall/core/instant';
import { requireViewer } from '#lib/server/viewer.ts';
import { timeZoneCookie, unknownTimeZone } from '#lib/time/time-zone.ts';
import type { LayoutServerLoad } from './$types';

export const load = (async ({ cookies, locals }) => {
  const timeZone = cookies.get(timeZoneCookie) ?? unknownTimeZone;
  return {
    viewer: await requireViewer(),
    now: locals.now,
    timeZone: isTimeZone(timeZone) ? timeZone : unknownTimeZone,
  };
}) satisfies LayoutServerLoad;
