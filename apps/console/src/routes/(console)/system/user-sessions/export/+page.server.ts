import { requireAdministrator } from '#lib/server/viewer.ts';
import type { PageServerLoad } from './$types';

export const load = (async () => {
  await requireAdministrator();
}) satisfies PageServerLoad;
