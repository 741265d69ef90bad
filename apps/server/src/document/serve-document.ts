/** GET /api/openapi.json */
import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { withoutToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { type OpenApiDocument, openApiDocumentOf } from './openapi-document.ts';

const route = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  operationId: 'openApiDocument',
  tags: ['Document'],
  summary: 'This document',
  description: 'OpenAPI 3.1. Clients in any language can be generated from it.',
  security: withoutToken,
  request: { query: NoQuery },
  responses: { 200: jsonAnswer(z.object({ openapi: z.string() }), 'The document'), ...problemAnswers('invalid') },
});

export const serveDocument: Endpoint = {
  route,
  mount(api) {
    // Only the first request finds all routes registered, and the next ones need not make it again.
    let document: OpenApiDocument | undefined;
    api.openapi(route, (c) => {
      document ??= openApiDocumentOf(api);
      return c.json(document, 200);
    });
  },
};
