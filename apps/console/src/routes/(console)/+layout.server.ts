import { readOrganization, rememberOrganization } from '#lib/server/organization-cookie.ts';
import { readTimeZone } from '#lib/server/time-zone.ts';
import { requireViewer } from '#lib/server/viewer.ts';
import type { LayoutServerLoad } from './$types';

export const load = (async ({ cookies, locals }) => {
  const viewer = await requireViewer();
  const { slug } = viewer.organization;
  // Whoever came in through a provider did so by no page that could remember it.
  if (viewer.session.authMethod === 'sso' && readOrganization(cookies) !== slug) rememberOrganization(cookies, slug);
  return { viewer, now: locals.now, timeZone: readTimeZone(cookies) };
}) satisfies LayoutServerLoad;
