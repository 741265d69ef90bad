/** The body of a request is read once, up to a limit, before anybody looks into it. */
import type { MiddlewareHandler } from 'hono';
import { invalid, RequestProblem } from './problem.ts';

const mostBytes = 1024 * 1024;
const bodiless = new Set(['GET', 'HEAD']);

/** Also where the length was not announced, or announced wrongly. JSON has to be UTF-8: a wrong byte would silently become U+FFFD. */
export const readBody: MiddlewareHandler = async function readBody(c, next) {
  const { raw } = c.req;
  if (Number(c.req.header('content-length')) > mostBytes) throw tooLarge();
  // asking for the body of a request that has none costs a tenth of the smallest answer
  if (!bodiless.has(c.req.method) && raw.body) {
    const body = await collect(raw.body);
    if (/json/i.test(c.req.header('content-type') ?? '')) demandUtf8(body);
    c.req.raw = new Request(raw, { body });
  }
  await next();
};

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      length += chunk.byteLength;
      if (length > mostBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof RequestProblem) throw error;
    // Whoever hangs up is no failure of the server's, and nothing to wake anybody for.
    throw invalid([{ in: 'body', field: '', message: 'ended before it was complete' }]);
  }
  return new Uint8Array(Buffer.concat(chunks, length));
}

function demandUtf8(body: Uint8Array): void {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw invalid([{ in: 'body', field: '', message: 'must be UTF-8' }]);
  }
}

function tooLarge(): RequestProblem {
  return new RequestProblem('too-large', 'The body has more than 1 MiB.');
}
