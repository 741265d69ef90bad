import { answerOf } from '#lib/server/answer.ts';
import { requireAdministrator } from '#lib/server/viewer.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals }) => {
  await requireAdministrator(undefined, 'Network shows which proxies are trusted.');
  return { client: await answerOf(locals.rollcall.clientAddress()) };
}) satisfies PageServerLoad;
