/** The way to the API from a page that is rendered on the server: in this process, or over HTTP under `vite dev`. */
import type { RequestEvent } from '@sveltejs/kit';

const apiUnderDevelopment = process.env['API_URL'] ?? 'http://127.0.0.1:4400';

// What makes the API answer the browser rather than this server. Its address is told by whoever hands `req.api` over.
const passedOn = ['cookie', 'origin', 'user-agent'];

/** Asks in the name of the browser that sent `event`; cookies that the API sets reach that browser. */
export async function askApi(event: RequestEvent, request: Request): Promise<Response> {
  const response = await send(event, inTheNameOf(event, request));
  for (const line of response.headers.getSetCookie()) {
    const { name, value = '', ...attributes } = event.cookies.parse(line, { decode: (text) => text });
    event.cookies.set(name, value, { path: '/', ...attributes, encode: (text) => text });
  }
  return response;
}

function inTheNameOf(event: RequestEvent, request: Request): Request {
  const headers = new Headers(request.headers);
  for (const name of passedOn) {
    const value = event.request.headers.get(name);
    if (value !== null && !headers.has(name)) headers.set(name, value);
  }
  return new Request(request, { headers });
}

async function send(event: RequestEvent, request: Request): Promise<Response> {
  const inProcess = event.platform?.req?.api;
  if (inProcess) return inProcess(request);
  const { pathname, search } = new URL(request.url);
  return fetch(new Request(new URL(pathname + search, apiUnderDevelopment), request));
}
