/** Headers of every answer. Pages for people choose their own Content-Security-Policy. */
import type { MiddlewareHandler } from 'hono';

const headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

export const secureAnswers: MiddlewareHandler = async function secureAnswers(c, next) {
  await next();
  for (const [name, value] of Object.entries(headers)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
};
