/** Writes openapi.json, from which the SDK's types are generated. */
import { writeFileSync } from 'node:fs';
import { OpenAPIHono } from '@hono/zod-openapi';
import { describeSecurity, openApiDocumentOf } from './document/openapi-document.ts';
import { endpoints } from './endpoints.ts';
import type { Env } from './http/api.ts';

const api = new OpenAPIHono<Env>();
describeSecurity(api);
for (const { route } of endpoints) api.openAPIRegistry.registerPath(route);

writeFileSync(new URL('../openapi.json', import.meta.url), `${JSON.stringify(openApiDocumentOf(api), undefined, 2)}\n`);
