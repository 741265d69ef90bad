/**
 * Nearly every request there is: `GET /api/Authentication` with a token that this node remembers to be good. Answered on the socket, it costs three quarters of
 * what it costs through the framework (bench/README.md). Whatever is not exactly that – a cookie alone, a query, another page's script, a token that only the
 * database can judge or that is due for the next one, a refusal – is left to `who-am-i.ts`, which gives this request the same answer.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseToken } from '@rollcall/core/token';
import { admit } from '../authentication/authenticate.ts';
import { authenticationOf } from '../authentication/authentication-of.ts';
import { recollect } from '../authentication/judge-by-memory.ts';
import { tokenIn } from '../authentication/require-session.ts';
import { whoAmI } from '../authentication/who-am-i.ts';
import type { Context } from '../context.ts';
import { bindingsOf, clientReader } from '../http/client-address.ts';
import { logAnswer } from '../http/trace.ts';
import { safeHeadersOf } from './safe-headers.ts';

/** Whether it has answered; if not, nothing has happened. */
export type TokenCheckAnswerer = (incoming: IncomingMessage, outgoing: ServerResponse, traceId: string) => boolean;

const { path } = whoAmI.route;

export function tokenChecks(context: Context): TokenCheckAnswerer {
  const { clock, monotonic, metrics, allowedOrigins, trustedProxies } = context;
  const readClient = clientReader(trustedProxies);
  const headers = {
    'content-type': 'application/json',
    ...(allowedOrigins.length > 0 && { vary: 'Origin' }),
  };

  return function answerTokenCheck(incoming, outgoing, traceId) {
    if (!isPlain(incoming)) return false;
    const begin = monotonic();
    const parts = parseToken(tokenIn(incoming.headers.authorization) ?? '');
    if (parts === undefined) return false;
    const now = clock();
    const client = readClient(bindingsOf(incoming).client);
    const recollection = recollect(context, parts, { now, from: client });
    if (recollection === undefined || recollection === 'forged') return false;
    const { verdict, admission } = recollection;
    if (admission.carries !== null) return false;

    metrics.judged('memory', verdict);
    const actor = admit(context, parts, { admission, now, client, carrier: 'header' });
    const body = JSON.stringify(authenticationOf(actor, { requestId: actor.requestId, now }));
    outgoing.writeHead(200, { ...safeHeadersOf(traceId), ...headers, 'content-length': Buffer.byteLength(body) });
    outgoing.end(body);
    logAnswer(context, { traceId, method: 'GET', path, status: 200, milliseconds: monotonic() - begin, client });
    return true;
  };
}

/** Nothing about it that the framework would look at, or refuse. */
function isPlain({ method, url, headers, rawHeaders }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    url === path &&
    headers.authorization !== undefined &&
    headers.origin === undefined &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    plainHost.test(headers.host ?? '') &&
    isGivenOnce(rawHeaders, 'authorization')
  );
}

// What the framework takes as it is; any other host it tries as part of an address, and may refuse.
const plainHost = /^[a-z0-9.-]+(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$/;

// Of two, Node.js tells the first one alone.
function isGivenOnce(rawHeaders: readonly string[], name: string): boolean {
  let times = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const given = rawHeaders[index];
    if (given?.length === name.length && given.toLowerCase() === name) times += 1;
  }
  return times === 1;
}
