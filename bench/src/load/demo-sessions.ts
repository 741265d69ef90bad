/** A database with as many sessions as one likes, and good tokens for some of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { tokensUnder } from '../../../apps/server/src/tokens/tokens.ts';
import { rollcallOn, secret } from './rollcall-server.ts';

/** Fills up to that number, as `rollcall demo` does. */
export async function fillTo(sessions: number, databaseUrl: string): Promise<void> {
  const { module, environment } = rollcallOn(databaseUrl);
  const command = [fileURLToPath(module), 'demo', '--sessions', String(sessions)];
  const child = spawn(process.execPath, command, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`rollcall demo ended with ${code}`);
  await onConnection(databaseUrl, (client) => client.query('vacuum analyze'));
}

/** Of active sessions, chosen at random: the database lets nobody know a token, so these are made with the server's secret. */
export async function tokensOfSome(count: number, databaseUrl: string): Promise<string[]> {
  const { rows } = await onConnection(databaseUrl, (client) =>
    client.query<SessionToken>(
      `with chosen as (
         select organization_id, request_id
         from sessions join users using (organization_id, user_id)
         where ended_at is null and disabled_at is null
         order by random() limit $1
       )
       update sessions as session
       set created_at = now(), last_activity = now(), token_confirmed_at = now()
       from chosen
       where session.organization_id = chosen.organization_id and session.request_id = chosen.request_id
       returning session.organization_id, session.request_id, token_generation, token_salt`,
      [count],
    ),
  );
  if (rows.length < count) throw new Error(`there are ${rows.length} active sessions, not ${count}`);
  const tokens = tokensUnder([secret]);
  return rows.map(({ organization_id: organizationId, request_id: requestId, token_generation: number, token_salt }) =>
    tokens.make({ organizationId, requestId, number }, token_salt),
  );
}

interface SessionToken {
  readonly organization_id: string;
  readonly request_id: string;
  readonly token_generation: number;
  readonly token_salt: Buffer;
}

async function onConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
