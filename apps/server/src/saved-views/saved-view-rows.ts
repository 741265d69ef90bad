/** Views that somebody kept, in the database. */
import { mostSavedViews, type SavedView, type SavedViewRequest } from '@rollcall/core/schema/saved-view';
import type { Selectable, Transaction } from 'kysely';
import type { Actor } from '../authentication/actor.ts';
import type { SavedViewsTable, Tables } from '../database/tables.ts';

/** One's own and those that the organization shares, by name. */
export async function readViews(tx: Transaction<Tables>, actor: Actor): Promise<SavedView[]> {
  const rows = await visibleViews(tx, actor).selectAll().orderBy('name').orderBy('view_id').execute();
  return rows.map(viewOf);
}

export async function findView(tx: Transaction<Tables>, actor: Actor, viewId: string): Promise<SavedView | undefined> {
  const row = await visibleViews(tx, actor).selectAll().where('view_id', '=', viewId).executeTakeFirst();
  return row && viewOf(row);
}

/** Under the name of one that is there already, takes its place. Undefined where there are as many as there may be. */
export async function writeView(
  tx: Transaction<Tables>,
  actor: Actor,
  { view, viewId, at }: { view: SavedViewRequest; viewId: string; at: string },
): Promise<SavedView | undefined> {
  const { name, isShared, search, status, sort, columns } = view;
  const others = await visibleViews(tx, actor)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', isShared ? 'is' : 'is not', null)
    .where('name', '!=', name)
    .executeTakeFirstOrThrow();
  if (others.count >= mostSavedViews) return undefined;
  const content = { search, status, sort, columns, saved_at: at };
  const owner = { organization_id: actor.organizationId, user_id: isShared ? null : actor.userId };
  const row = await tx
    .insertInto('saved_views')
    .values({ ...owner, view_id: viewId, name, ...content })
    .onConflict((conflict) => conflict.columns(['organization_id', 'user_id', 'name']).doUpdateSet(content))
    .returningAll()
    .executeTakeFirstOrThrow();
  return viewOf(row);
}

export async function removeView(tx: Transaction<Tables>, actor: Actor, viewId: string): Promise<void> {
  await tx
    .deleteFrom('saved_views')
    .where('organization_id', '=', actor.organizationId)
    .where('view_id', '=', viewId)
    .execute();
}

function visibleViews(tx: Transaction<Tables>, { organizationId, userId }: Actor) {
  return tx
    .selectFrom('saved_views')
    .where('organization_id', '=', organizationId)
    .where((eb) => eb.or([eb('user_id', '=', userId), eb('user_id', 'is', null)]));
}

function viewOf(row: Selectable<SavedViewsTable>): SavedView {
  const { view_id, user_id, name, search, status, sort, columns, saved_at } = row;
  return { viewId: view_id, name, search, status, sort, columns, isShared: user_id === null, savedAt: saved_at };
}
