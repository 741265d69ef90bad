/** GET /api/docs: Swagger UI out of its own package, and the page about the problems. Nothing comes from elsewhere, no script is inline. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createRoute } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import * as z from 'zod';
import { withoutToken } from '../http/access.ts';
import { NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint, Env } from '../http/api.ts';
import { problemsPath } from '../http/problem.ts';
import { docsPage, docsScript, problemsPage } from './docs-pages.ts';

const route = createRoute({
  method: 'get',
  path: '/api/docs',
  operationId: 'apiDocs',
  tags: ['Document'],
  summary: 'This document, to read and to try',
  description: 'A page for people. Everything it needs comes from this server.',
  security: withoutToken,
  request: { query: NoQuery },
  responses: {
    200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
    ...problemAnswers('invalid'),
  },
});

const contentTypes = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
} as const;

export const serveDocs: Endpoint = {
  route,
  mount(api) {
    api.openapi(route, (c) => page(c, docsPage));
    api.get('/api/docs/docs.js', (c) => c.body(docsScript, 200, { 'Content-Type': 'text/javascript' }));
    api.get(problemsPath, (c) => page(c, problemsPage));
    for (const [name, type] of Object.entries(contentTypes)) {
      api.get(`/api/docs/${name}`, async (c) => c.body(await readSwaggerUi(name), 200, { 'Content-Type': type }));
    }
  },
};

// Swagger UI draws its icons as data: images, and sets styles from its script, which no policy forbids.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function page(c: HonoContext<Env>, html: string): Response {
  return c.html(html, 200, { 'Content-Security-Policy': policy });
}

const { resolve } = createRequire(import.meta.url);

function readSwaggerUi(name: string): Promise<string> {
  return readFile(resolve(`swagger-ui-dist/${name}`), 'utf8');
}
