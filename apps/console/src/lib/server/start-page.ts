/** What somebody sees first. */
import { may } from '@rollcall/core/permission';
import { type Authentication, createRollcall, RollcallError } from '@rollcall/sdk';
import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { systemPages } from '#lib/shell/system-pages.ts';
import { resolve } from '$app/paths';

/** The first of the pages under System that they may see; one's own account where there is none. */
export function startPageOf(viewer: Pick<Authentication, 'permissions'>): string {
  const first = systemPages.find(({ permission }) => may(viewer, permission));
  return resolve(first?.route ?? '/(console)/account');
}

/** Of whoever has just signed in, so that they are not led there over pages that only lead on. */
export async function firstPage({ url, fetch, cookies }: RequestEvent): Promise<string> {
  const headers = { cookie: written(cookies) };
  try {
    return startPageOf(await createRollcall({ baseUrl: url.origin, fetch, headers }).whoAmI());
  } catch (failure) {
    if (failure instanceof RollcallError) return '/';
    throw failure;
  }
}

// The browser does not have the new one yet: what it sent says that nobody is there.
function written(cookies: Pick<Cookies, 'getAll'>): string {
  const all = cookies.getAll({ decode: (text) => text });
  return all.map(({ name, value }) => `${name}=${value}`).join('; ');
}
