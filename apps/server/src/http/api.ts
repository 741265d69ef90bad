/** What an endpoint is, and what it finds around it. */
import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { Actor } from '../authentication/actor.ts';
import type { Context } from '../context.ts';
import type { Client, ClientFacts } from './client-address.ts';

export interface Bindings {
  /** From whoever hands the request over, see {@link ClientFacts}. */
  readonly client?: ClientFacts;
  /** The id that the answer's headers already have. Without it the request gets one of its own. */
  readonly traceId?: string;
}

export interface Variables {
  readonly traceId: string;
  readonly client: Client;
}

export interface Env {
  Bindings: Bindings;
  Variables: Variables;
}

/** Runs before an endpoint that needs a session, so that strangers are refused before their input is judged. */
export type RequireSession = MiddlewareHandler<{ Variables: Variables & { actor: Actor } }>;

export type Api = OpenAPIHono<Env>;

export interface Endpoint {
  readonly route: RouteConfig;
  mount(api: Api, context: Context): void;
}
