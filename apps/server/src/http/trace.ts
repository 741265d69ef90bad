/** Every request has an id, which its answer and its line in the log carry. */
import type { MiddlewareHandler } from 'hono';
import type { Context } from '../context.ts';
import type { Env } from './api.ts';
import { clientReader } from './client-address.ts';

type Needs = Pick<Context, 'metrics' | 'monotonic' | 'newId' | 'log' | 'trustedProxies'>;

/** Logs the path without its query, which may hold names and addresses. */
export function traceRequests({ metrics, monotonic, newId, log, trustedProxies }: Needs): MiddlewareHandler<Env> {
  const readClient = clientReader(trustedProxies);

  return async function traceRequest(c, next) {
    const begin = monotonic();
    const traceId = c.env?.traceId ?? newId();
    const client = readClient(
      c.env?.client ?? { peerAddress: undefined, forwardedFor: undefined, userAgent: c.req.header('user-agent') },
    );
    c.set('traceId', traceId);
    c.set('client', client);
    await next();
    const taken = monotonic() - begin;
    const { status } = c.res;
    metrics.answered(status, taken);
    const { method } = c.req;
    const path = pathForLog(c.req.path);
    log.info(
      { traceId, method, path, status, milliseconds: Math.round(taken), ipAddress: client.ipAddress },
      'request',
    );
  };
}

/** Without its query, and without a token, key or link that somebody put where none belongs. */
export function pathForLog(url: string): string {
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  // looked for first: every request comes by here, and replacing nothing costs four times as much
  return path.includes('rc') ? path.replaceAll(/(rc[tkl]_)[^/]*/g, '$1…') : path;
}
