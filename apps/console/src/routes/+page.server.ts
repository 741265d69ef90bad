import { may } from '@rollcall/core/permission';
import { redirect } from '@sveltejs/kit';
import { requireViewer } from '#lib/server/viewer.ts';
import { resolve } from '$app/paths';

export async function load(): Promise<never> {
  const viewer = await requireViewer();
  redirect(307, resolve(may(viewer, 'users:manage') ? '/(console)/system/user-sessions' : '/(console)/account'));
}
