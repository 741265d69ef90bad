import { requireSession } from '@rollcall/sdk/fastify';
import Fastify from 'fastify';
import { verifier } from './verifier.ts';

const app = Fastify();
await app.register(requireSession(verifier));
app.get('/', ({ authentication }) => `Hello, ${authentication?.user.email}!`);

const port = Number(process.env['PORT'] ?? 3000);
console.log('Listening on', await app.listen({ port }));
