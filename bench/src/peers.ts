/** What the same question costs elsewhere: the session behind a request's cookie, on the same PostgreSQL. */
import { secret } from './load/rollcall-server.ts';
import { comparison, measureInTurn, type Subject } from './load/subjects.ts';
import { openTestBed, type TestBed } from './load/test-bed.ts';
import type { Table } from './table.ts';
import { forgetting, remembering } from './token-checks.ts';

const sessions = 100;

interface Peer {
  readonly name: string;
  readonly module: URL;
  readonly words?: readonly string[];
  /** Undefined where it keeps its sessions in memory. */
  readonly database?: string;
  readonly signInPath: string;
  readonly sessionPath: string;
}

const betterAuth = {
  module: new URL('./peers/better-auth.ts', import.meta.url),
  signInPath: '/api/auth/sign-up/email',
  sessionPath: '/api/auth/get-session',
};
const standard: Peer = { ...betterAuth, name: 'better-auth', words: ['default'], database: 'better_auth' };

const peers: readonly Peer[] = [
  standard,
  { ...betterAuth, name: 'better-auth, cookieCache', words: ['cookie-cache'], database: 'better_auth_cache' },
  { ...betterAuth, name: 'better-auth, updateAge: 0', words: ['update-always'], database: 'better_auth_update' },
  {
    name: 'express-session, connect-pg-simple',
    module: new URL('./peers/express-session.ts', import.meta.url),
    database: 'express_session',
    signInPath: '/sign-in',
    sessionPath: '/session',
  },
  {
    name: '@fastify/session, in memory',
    module: new URL('./peers/fastify-session.ts', import.meta.url),
    signInPath: '/sign-in',
    sessionPath: '/session',
  },
];

export async function measurePeers(seconds: number): Promise<Table> {
  await using bed = await openTestBed();
  const subjects: Subject[] = [];
  for (const peer of peers) subjects.push(await subjectOf(peer, bed));
  subjects.push(await remembering(bed), await forgetting(bed));
  return comparison(await measureInTurn(bed, subjects, seconds), standard.name);
}

async function subjectOf(peer: Peer, bed: TestBed): Promise<Subject> {
  const { name, module, words = [], database, signInPath, sessionPath } = peer;
  const { url, pid } = await bed.start({
    module,
    words,
    environment: {
      SECRET: secret,
      ...(database !== undefined && { DATABASE_URL: await bed.createDatabase(database) }),
    },
  });
  const headers: { cookie: string }[] = [];
  while (headers.length < sessions) headers.push({ cookie: await signIn(`${url}${signInPath}`, headers.length) });
  for (const one of headers) await demandSession(`${url}${sessionPath}`, one);
  return { name, pid, url: `${url}${sessionPath}`, headers, ...(database !== undefined && { database }) };
}

async function signIn(url: string, number: number): Promise<string> {
  const email = `user${number}@example.com`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify({ email, name: email, password: 'correct horse battery staple' }),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.slice(0, cookie.indexOf(';')))
    .join('; ');
}

// better-auth answers strangers with 200 and `null`.
async function demandSession(url: string, headers: { cookie: string }): Promise<void> {
  const answer = await fetch(url, { headers });
  const text = await answer.text();
  if (!text.includes('@example.com')) throw new Error(`${url}: ${answer.status} ${text}`);
}
