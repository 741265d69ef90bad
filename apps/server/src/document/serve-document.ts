/** GET /api/openapi.json */
import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { withoutToken } from '../http/access.ts';
import { jsonAnswer, NoQuery, problemAnswers } from '../http/answers.ts';
import type { Endpoint } from '../http/api.ts';
import { openApiDocumentOf } from './openapi-document.ts';

const route = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  operationId: 'openApiDocument',
  tags: ['Document'],
  summary: 'This document',
  description: 'OpenAPI 3.1. Clients in any language can be generated from it.',
  security: withoutToken,
  request: { query: NoQuery },
  responses: { 200: jsonAnswer(z.looseObject({ openapi: z.string() }), 'The document'), ...problemAnswers('invalid') },
});

export const serveDocument: Endpoint = {
  route,
  mount(api) {
    let text: string | undefined;
    api.openapi(route, (c) => {
      text ??= JSON.stringify(openApiDocumentOf(api));
      return c.body(text, 200, { 'Content-Type': 'application/json' });
    });
  },
};
