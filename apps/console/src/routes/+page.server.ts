import { redirect } from '@sveltejs/kit';
import { startPageOf } from '#lib/server/start-page.ts';
import { requireViewer } from '#lib/server/viewer.ts';

export async function load(): Promise<never> {
  redirect(307, startPageOf(await requireViewer()));
}
