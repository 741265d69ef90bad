import { toInstant } from '@rollcall/core/instant';
import { createRollcall } from '@rollcall/sdk';
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { askApi } from '#lib/server/api.ts';

// The policy for scripts and styles is SvelteKit's to send, see vite.config.ts.
const headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not no-referrer: browsers would then say `Origin: null` when a form is sent.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.now = toInstant(Date.now());
  event.locals.rollcall = createRollcall({ baseUrl: event.url.origin, fetch: event.fetch });
  const response = await resolve(event, { preload: isNeededAtOnce });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
};

export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const { origin, pathname } = new URL(request.url);
  const isForApi = origin === event.url.origin && pathname.startsWith('/api/');
  return isForApi ? askApi(event, request) : fetch(request);
};

export const handleError: HandleServerError = ({ kind, error }) => {
  if (kind === 'framework' && error.status === 404) {
    return { message: 'The address may be mistyped, or what was there is gone.' };
  }
  if (kind !== 'unknown') return undefined;
  console.error(error);
  return { message: 'It has been written to the server’s log. Trying again may help.' };
};

// Of the faces, those that every page shows.
function isNeededAtOnce(file: { type: string; path: string; filename?: string }): boolean {
  return file.type !== 'font' || /-latin-wght-normal\.woff2$/.test(file.filename ?? '');
}
