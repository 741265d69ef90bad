/** GET /api/docs */
import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { withoutToken } from '../http/access.ts';
import { NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';

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

export const serveDocs: Endpoint = { route, mount() {} };
export function mountDocsAssets(_: unknown) {}
