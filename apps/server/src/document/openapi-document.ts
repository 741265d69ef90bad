/** The OpenAPI document, made from the routes; served at /api/openapi.json and kept as openapi.json. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import manifest from '../../package.json' with { type: 'json' };
import type { Env } from '../http/api.ts';

export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'The token that signing in answered, or the newest one that an answer carried in `Rollcall-Next-Token`: keep that, and use it from then on',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-rollcall',
    description:
      'Set by signing in with `transport: cookie`; called `rollcall` where the server is reached over plain http',
  },
} as const;

/** The names of the schemes, for a registry in which routes are registered. */
export function describeSecurity(api: OpenAPIHono<Env>): void {
  for (const [name, scheme] of Object.entries(securitySchemes)) {
    api.openAPIRegistry.registerComponent('securitySchemes', name, scheme);
  }
}

/** Of all routes registered by now. */
export function openApiDocumentOf(api: OpenAPIHono<Env>): OpenApiDocument {
  const document = api.getOpenAPI31Document({
    openapi: '3.1.1',
    info: {
      title: 'Rollcall',
      version: manifest.version,
      description: [
        'Sessions of an organization’s users: signing in and out, asking whose token this is, finding sessions and ending them.',
        'Failures are `application/problem+json` (RFC 9457) with a stable `code`. Query parameters that an endpoint does not know are refused. Every answer names its request in `Rollcall-Trace-Id`.',
      ].join('\n\n'),
      license: { name: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Authentication', description: 'Signing in and out; who am I' },
      { name: 'Sessions', description: 'A session is one sign-in; the API calls it a user request' },
      { name: 'Introspection', description: 'For applications: whose token is this that was shown to us' },
      { name: 'Audit', description: 'What happened, and what was refused' },
      { name: 'Health', description: 'For load balancers and process managers' },
      { name: 'Document', description: 'This document' },
    ],
  });
  return JSON.parse(JSON.stringify(document), mended);
}

// The generator leaves the flags of a regular expression in its pattern, and knows one format for both kinds of addresses.
function mended(key: string, value: unknown): unknown {
  if (key === 'pattern' && typeof value === 'string') return value.replace(/\/u$/, '');
  if (key === 'anyOf' && JSON.stringify(value) === anyAddress) {
    return ['ipv4', 'ipv6'].map((format) => ({ type: 'string', format }));
  }
  return value;
}

const anyAddress = JSON.stringify([
  { type: 'string', format: 'ip' },
  { type: 'string', format: 'ip' },
]);
