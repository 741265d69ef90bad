/** better-auth on node:http; its one argument says how sessions are kept. */
import { createServer } from 'node:http';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import pg from 'pg';
import { listening } from './listening.ts';
import { databaseUrl, secret } from './surroundings.ts';

const ways: Readonly<Record<string, BetterAuthOptions['session']>> = {
  default: {},
  'cookie-cache': { cookieCache: { enabled: true, maxAge: 5 * 60 } },
  'update-always': { updateAge: 0 },
};

const way = process.argv[2] ?? 'default';
const session = ways[way];
if (session === undefined) throw new Error(`${way} is none of ${Object.keys(ways).join(', ')}`);

const server = createServer();
const url = await listening(server);
const options: BetterAuthOptions = {
  baseURL: url,
  secret: secret(),
  database: new pg.Pool({ connectionString: databaseUrl() }),
  emailAndPassword: { enabled: true },
  session,
  // a hundred requests in ten seconds are not enough to measure anything
  rateLimit: { enabled: false },
};
const { runMigrations } = await getMigrations(options);
await runMigrations();
server.on('request', toNodeHandler(betterAuth(options)));
console.log(url);
