import { readTimeZone } from '#lib/server/time-zone.ts';
import { requireViewer } from '#lib/server/viewer.ts';
import type { LayoutServerLoad } from './$types';

export const load = (async ({ cookies, locals }) => ({
  viewer: await requireViewer(),
  now: locals.now,
  timeZone: readTimeZone(cookies),
})) satisfies LayoutServerLoad;
