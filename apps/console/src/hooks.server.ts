import { toInstant } from '@rollcall/core/instant';
import { createRollcall } from '@rollcall/sdk';
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { askApi } from '#lib/server/api.ts';

// Of the faces, the one that most of a page is written in: the others may come after the page, and nothing moves when they do.
const firstFace = /inter-latin-wght-normal\.woff2$/;

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.now = toInstant(Date.now());
  event.locals.rollcall = createRollcall({ baseUrl: event.url.origin, fetch: event.fetch });
  const response = await resolve(event, {
    preload: (file) => file.type !== 'font' || firstFace.test(file.filename),
  });
  // The policy for scripts and styles is SvelteKit's to send, see vite.config.ts; the rest is the server's, for every file.
  response.headers.set('Cache-Control', 'no-store');
  return response;
};

export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const { origin, pathname } = new URL(request.url);
  const isForApi = origin === event.url.origin && pathname.startsWith('/api/');
  return isForApi ? askApi(event, request) : fetch(request);
};

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'framework' && error.status === 404) {
    return { message: 'The address may be mistyped, or what was there is gone.' };
  }
  if (kind !== 'unknown') return undefined;
  const { failed = console.error } = event.platform?.req ?? {};
  failed(error);
  return { message: 'It has been written to the server’s log. Trying again may help.' };
};
