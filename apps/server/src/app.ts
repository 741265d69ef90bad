/** The HTTP API, on a `fetch` of its own. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from './context.ts';
import { describeSecurity } from './document/openapi-document.ts';
import { endpoints } from './endpoints.ts';
import type { Api, Env } from './http/api.ts';
import { readBody } from './http/body.ts';
import { answerFailure } from './http/failures.ts';
import { answerUnrouted } from './http/methods.ts';
import { allowOrigins } from './http/origin.ts';
import { refuseRepeatedParameters } from './http/query.ts';
import { traceRequests } from './http/trace.ts';
import { refuseInvalid } from './http/validation.ts';
import { mountMetrics } from './metrics/serve-metrics.ts';

/** Answers `/api` and `/health`. `fetch` takes `bindingsOf` the client's request as its second argument. */
export function createApp(context: Context): Api {
  const api: Api = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  describeSecurity(api);
  api.use(traceRequests(context));
  if (context.allowedOrigins.length > 0) api.use(allowOrigins(context.allowedOrigins));
  api.use(refuseRepeatedParameters, readBody);
  for (const endpoint of endpoints) endpoint.mount(api, context);
  mountMetrics(api, context);
  api.onError(answerFailure(context));
  api.notFound(answerUnrouted(api, context));
  return api;
}
