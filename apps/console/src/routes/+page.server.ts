import { may } from '@rollcall/core/permission';
import { redirect } from '@sveltejs/kit';
import { requireViewer } from '#lib/server/viewer.ts';
import { systemPages } from '#lib/shell/system-pages.ts';
import { resolve } from '$app/paths';

export async function load(): Promise<never> {
  const viewer = await requireViewer();
  const hasPages = systemPages.some(({ permission }) => may(viewer, permission));
  redirect(307, resolve(hasPages ? '/(console)/system' : '/(console)/account'));
}
