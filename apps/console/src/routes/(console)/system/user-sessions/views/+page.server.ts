import { mostSavedViews, SavedViewRequest } from '@rollcall/core/schema/saved-view';
import { type Rollcall, RollcallError } from '@rollcall/sdk';
import { fail } from '@sveltejs/kit';
import { answerOf, refuse } from '#lib/server/answer.ts';
import { formOf } from '#lib/server/form.ts';
import { readQuery } from '#lib/server/list-query.ts';
import { requireAdministrator } from '#lib/server/viewer.ts';
import { viewsAddress } from '#lib/sessions/list-address.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals }) => {
  await requireAdministrator();
  return { savedViews: await answerOf(locals.rollcall.savedViews()) };
}) satisfies PageServerLoad;

export const actions = {
  async save({ request, url, locals }) {
    const query = readQuery(url.searchParams);
    const next = viewsAddress(query);
    await requireAdministrator(next);
    const form = await formOf(request);
    const { search, status, sort, columns } = query;
    const asked = { name: form.get('name'), search, status, sort, columns, isShared: form.get('isShared') === 'on' };
    const { data: view } = SavedViewRequest.safeParse(asked);
    if (!view) return fail(400, { problem: 'A name has 1 to 80 characters, and no line breaks.' });
    return await save(view, locals.rollcall, next);
  },

  async remove({ request, url, locals }) {
    const next = viewsAddress(readQuery(url.searchParams));
    await requireAdministrator(next);
    const viewId = String((await formOf(request)).get('viewId'));
    try {
      await locals.rollcall.removeView(viewId);
    } catch (failure) {
      // Somebody else was faster.
      if (!(failure instanceof RollcallError && failure.code === 'not-found')) refuse(failure, next);
    }
  },
} satisfies Actions;

async function save(view: SavedViewRequest, rollcall: Rollcall, next: string) {
  try {
    await rollcall.saveView(view);
    return undefined;
  } catch (failure) {
    if (!(failure instanceof RollcallError && failure.code === 'too-many')) return refuse(failure, next);
    return fail(409, {
      problem: `There are ${mostSavedViews} views already. Remove one that is no longer needed first.`,
    });
  }
}
