/** @fastify/session with its own store, which is this process's memory. */
import cookie from '@fastify/cookie';
import session from '@fastify/session';
import fastify from 'fastify';
import { secret } from './surroundings.ts';

declare module 'fastify' {
  interface Session {
    email?: string;
  }
}

const app = fastify();
await app.register(cookie);
await app.register(session, { secret: secret(), saveUninitialized: false, cookie: { secure: false } });

app.post<{ Body: { email: string } }>('/sign-in', async (request, reply) => {
  request.session.email = request.body.email;
  return reply.code(204).send();
});
app.get('/session', async (request, reply) => {
  const { sessionId, email } = request.session;
  if (email === undefined) return reply.code(401).send();
  return { session: { id: sessionId }, user: { email } };
});

console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
