import { TerminationMark } from '@rollcall/core/schema/terminations';
import { type Rollcall, RollcallError } from '@rollcall/sdk';
import { fail, redirect } from '@sveltejs/kit';
import { answerOf, refuse } from '#lib/server/answer.ts';
import { formOf } from '#lib/server/form.ts';
import { readQuery } from '#lib/server/list-query.ts';
import { leaveOutcome } from '#lib/server/outcome-cookie.ts';
import { requireAdministrator } from '#lib/server/viewer.ts';
import { listAddress } from '#lib/sessions/list-address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ url, locals }) => {
  await requireAdministrator();
  const query = readQuery(url.searchParams);
  // Of nothing in particular all are not ended by one click.
  if (query.search === '') redirect(303, listAddress(query));
  return { mark: await answerOf(locals.rollcall.previewTermination(query.search)) };
}) satisfies PageServerLoad;

export const actions = {
  async default({ request, url, locals, cookies }) {
    const query = readQuery(url.searchParams);
    const list = listAddress(query);
    await requireAdministrator(list);
    const form = await formOf(request);
    const mark = TerminationMark.safeParse({ at: form.get('at'), count: Number(form.get('count')) }).data;
    if (!mark || query.search === '') redirect(303, list);
    const ended = await terminate({ search: query.search, mark }, locals.rollcall, list);
    if (ended === undefined) return fail(409, { problem: 'More sessions match by now. Look at the new number first.' });
    leaveOutcome(cookies, { kind: 'terminated-several', about: String(ended) });
    redirect(303, list);
  },
} satisfies Actions;

/** How many have ended; undefined where by now there are more than were shown, and none has. */
async function terminate(meant: { search: string; mark: TerminationMark }, rollcall: Rollcall, next: string) {
  let all = 0;
  try {
    for (;;) {
      const { ended, remaining } = await rollcall.endSessions(meant);
      all += ended;
      // What somebody else ended meanwhile is not waited for.
      if (remaining === 0 || ended === 0) return all;
    }
  } catch (failure) {
    if (failure instanceof RollcallError && failure.code === 'more-than-shown' && all === 0) return undefined;
    return refuse(failure, next);
  }
}
