/** What a remembered session takes: run with `--expose-gc`, prints its figures as one line of JSON. */
import { randomBytes } from 'node:crypto';
import { toInstant } from '@rollcall/core/instant';
import type { SessionByKey } from '../../apps/server/src/database/database.ts';
import { type DemoSession, demoSessions } from '../../apps/server/src/demo/population.ts';
import { flat } from '../../apps/server/src/registry/compact.ts';
import { soleNode } from '../../apps/server/src/registry/lease.ts';
import { createRegistry } from '../../apps/server/src/registry/registry.ts';
import { nameFromUserAgent } from '../../apps/server/src/sessions/device-of.ts';
import type { RememberedSessions } from './memory.ts';

const count = Number(process.argv[2]);
const organizationId = '01a207c8-f078-7404-83dc-e75fd24bfbbd';
const now = toInstant(Date.now());
const timeouts = { idleSeconds: 86_400, absoluteSeconds: 2_592_000 };

let row = rowOf(firstSession());
const registry = createRegistry({
  database: { readSessionByKey: () => Promise.resolve(row) },
  lease: soleNode,
  clock: () => toInstant(Date.now()),
  monotonic: () => performance.now(),
  patienceMs: Number.POSITIVE_INFINITY,
  // whatever was read last is there up to half of it
  capacity: count * 2,
});

// what is made once has been made, and is not counted
await remember(firstSession());
registry.forgetAll();
const before = memoryInUse();
let textBytes = 0;
for (const session of population()) {
  await remember(session);
  textBytes += JSON.stringify(row).length;
}
const after = memoryInUse();
const figures: RememberedSessions = {
  sessions: registry.size,
  bytes: (after - before) / registry.size,
  textBytes: textBytes / count,
};
console.log(JSON.stringify(figures));

async function remember(session: DemoSession): Promise<void> {
  row = rowOf(session);
  const remembered = await registry.read(organizationId, row.request_id);
  // as when its token is first presented
  if (remembered) remembered.mac = flat(randomBytes(32).toString('base64url'));
}

function memoryInUse(): number {
  if (globalThis.gc === undefined) throw new Error('--expose-gc is missing');
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function population(): Iterable<DemoSession> {
  return demoSessions({ organization: 'example', seed: '1', now, timeouts }, count);
}

function firstSession(): DemoSession {
  for (const session of population()) return session;
  throw new Error('at least one session is needed');
}

// As an active session comes from the database.
function rowOf({ user, ...session }: DemoSession): SessionByKey {
  const { requestId, userAgent, createdAt } = session;
  return received({
    organization_id: organizationId,
    request_id: requestId,
    user_id: requestId,
    user_email: user.email,
    session_name: session.sessionName ?? nameFromUserAgent(userAgent),
    ip_address: session.ipAddress,
    user_agent: userAgent,
    last_ip_address: session.lastIpAddress,
    last_user_agent: userAgent,
    client_type: session.clientType,
    auth_method: session.authMethod,
    account_type: user.accountType,
    api_key_id: null,
    api_key_name: null,
    permissions_within: null,
    created_at: createdAt,
    last_activity: session.lastActivity,
    ended_at: null,
    end_reason: null,
    ended_by_user_id: null,
    ended_by: null,
    token_salt: randomBytes(32).toString('base64'),
    token_generation: 1,
    token_confirmed_at: createdAt,
    role: user.role,
    permissions: [],
    disabled_at: null,
    organization_slug: 'example',
    organization_name: 'Example',
    idle_timeout_seconds: null,
    absolute_timeout_seconds: null,
    network_binding: 'log',
    read_at: now,
  });
}

// Texts that come over a connection share nothing with each other, however equal they are.
function received<Row extends object>(sent: Row): Row {
  const texts = Object.entries(sent).filter(([, value]) => typeof value === 'string');
  return { ...sent, ...Object.fromEntries(texts.map(([column, text]) => [column, Buffer.from(text).toString()])) };
}
