import { may } from '@rollcall/core/permission';
import { redirect } from '@sveltejs/kit';
import { requireViewer } from '#lib/server/viewer.ts';
import { systemPages } from '#lib/shell/system-pages.ts';
import { resolve } from '$app/paths';

/** The first of the pages that the viewer may see; whoever may see none is told so by the first. */
export async function load(): Promise<never> {
  const viewer = await requireViewer();
  const { route } = systemPages.find(({ permission }) => may(viewer, permission)) ?? systemPages[0];
  redirect(307, resolve(route));
}
