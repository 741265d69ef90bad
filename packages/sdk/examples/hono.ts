import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { requireSession } from '@rollcall/sdk/hono';
import { Hono } from 'hono';
import { verifier } from './verifier.ts';

const app = new Hono()
  .use(requireSession(verifier, { ipAddress: (c) => getConnInfo(c).remote.address }))
  .get('/', (c) => c.text(`Hello, ${c.var.authentication.user.email}!`));

const port = Number(process.env['PORT'] ?? 3000);
serve({ fetch: app.fetch, port }, (address) => console.log('Listening on', address));
