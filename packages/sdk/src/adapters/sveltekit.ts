/** SvelteKit: lets in whoever presents a good token. */
import type { ActiveIntrospection, Verifier } from '../verifier.ts';
import { admit, nextTokenHeader, uncached } from './admission.ts';

/** What is needed of a `RequestEvent`. */
export interface SvelteKitEvent {
  readonly request: Request;
  readonly locals: { authentication?: ActiveIntrospection };
  readonly cookies: {
    get(name: string): string | undefined;
    set(name: string, value: string, options: { path: string }): void;
  };
  getClientAddress(): string;
}

export interface SvelteKitOptions {
  /** The application's own cookie that holds the token, for pages: a browser sends it by itself. A token in the header goes before it. */
  readonly cookie?: string | undefined;
}

/**
 * A `handle`: `event.locals.authentication` is whose token it was, and what they may do. Anybody else is answered 401 with the reason, or 503 while the
 * service does not answer. A next token is in the response's header, or in the cookie, before anything is rendered.
 *
 * @example
 * // src/hooks.server.ts; `authentication: ActiveIntrospection` belongs to App.Locals in src/app.d.ts
 * const requireUser = requireSession(verifier, { cookie: 'session' });
 * export const handle: Handle = (input) =>
 *   input.event.route.id === '/sign-in' ? input.resolve(input.event) : requireUser(input);
 */
export function requireSession(verifier: Pick<Verifier, 'verify'>, { cookie }: SvelteKitOptions = {}) {
  return async function handle<Event extends SvelteKitEvent>({ event, resolve }: Input<Event>): Promise<Response> {
    const { request, cookies, locals } = event;
    const header = request.headers.get('authorization');
    const kept = header === null && cookie !== undefined ? cookies.get(cookie) : undefined;
    const { admitted, refusal } = await admit(verifier, {
      authorization: kept === undefined ? (header ?? undefined) : `Bearer ${kept}`,
      userAgent: request.headers.get('user-agent') ?? undefined,
      ipAddress: event.getClientAddress(),
    });
    if (refusal) return new Response(refusal.body, refusal);
    locals.authentication = admitted;
    const { nextToken } = admitted;
    if (nextToken === undefined) return await resolve(event);
    const inCookie = cookie !== undefined && kept !== undefined;
    if (inCookie) cookies.set(cookie, nextToken, { path: '/' });
    const response = await resolve(event);
    // The headers of a response that came from elsewhere cannot be changed.
    const answer = new Response(response.body, response);
    if (!inCookie) answer.headers.set(nextTokenHeader, nextToken);
    answer.headers.set(...uncached);
    return answer;
  };
}

interface Input<Event> {
  readonly event: Event;
  readonly resolve: (event: Event) => Response | Promise<Response>;
}
