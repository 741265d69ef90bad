import { describe, expect, expectTypeOf, test } from 'vitest';
import { clientOf, failureOf, problem, problemAnswer, statistics } from '../test/client.ts';
import type { Fetch, Rollcall, Session, SessionStatistics, Termination } from './index.ts';

const requestId = '019346c4-1f2b-7000-8000-000000000001';
const session = { requestId };
const userId = '019346c4-1f2b-7000-8000-000000000002';
const user = { userId };
const found = { users: [user] };
const done = { user, endedSessions: 2 };

/** Each call, what it sends, what it is answered and what it makes of that. */
const calls: [string, (rollcall: Rollcall) => Promise<unknown>, string, object, unknown][] = [
  ['whoAmI', (rollcall) => rollcall.whoAmI(), 'GET /api/Authentication', { session }, { session }],
  [
    'listSessions',
    (rollcall) => rollcall.listSessions({ search: '100% ü', sort: '-duration', page: 2 }),
    'GET /api/UserRequests?search=100%25%20%C3%BC&sort=-duration&page=2',
    { sessions: [] },
    { sessions: [] },
  ],
  ['listSessions', (rollcall) => rollcall.listSessions(), 'GET /api/UserRequests', { total: 0 }, { total: 0 }],
  ['statistics', (rollcall) => rollcall.statistics(), 'GET /api/UserRequestStatistics', statistics, statistics],
  [
    'getSession',
    (rollcall) => rollcall.getSession(requestId),
    `GET /api/UserRequest/${requestId}`,
    { session },
    session,
  ],
  [
    'endSession',
    (rollcall) => rollcall.endSession(requestId),
    `DELETE /api/UserRequest/${requestId}`,
    { session, confirmation: { milliseconds: 1, nodes: 1 } },
    { session, confirmation: { milliseconds: 1, nodes: 1 } },
  ],
  ['users.list', ({ users }) => users.list({ role: 'member' }), 'GET /api/Users?role=member', found, found],
  ['users.get', ({ users }) => users.get(userId), `GET /api/User/${userId}`, { user }, user],
  ['users.invite', ({ users }) => users.invite({ email: 'ada@example.com' }), 'POST /api/Users', { user }, { user }],
  ['users.change', ({ users }) => users.change(userId, { role: 'member' }), `PATCH /api/User/${userId}`, done, done],
  ['users.remove', ({ users }) => users.remove(userId), `DELETE /api/User/${userId}`, done, done],
  [
    'users.resetPassword',
    ({ users }) => users.resetPassword(userId),
    `POST /api/UserPasswordReset/${userId}`,
    done,
    done,
  ],
  [
    'changePassword',
    (rollcall) => rollcall.changePassword({ currentPassword: 'one', newPassword: 'another' }),
    'PUT /api/Password',
    { endedSessions: 1 },
    { endedSessions: 1 },
  ],
  [
    'choosePassword',
    (rollcall) => rollcall.choosePassword({ link: 'rcl_', password: 'another' }),
    'POST /api/Password',
    { email: 'ada@example.com' },
    { email: 'ada@example.com' },
  ],
  [
    'organization.get',
    (rollcall) => rollcall.organization.get(),
    'GET /api/Organization',
    { settings: {} },
    { settings: {} },
  ],
  [
    'organization.change',
    (rollcall) => rollcall.organization.change({ sessionLimit: 3 }),
    'PATCH /api/Organization',
    { settings: {} },
    { settings: {} },
  ],
  ['clientAddress', (rollcall) => rollcall.clientAddress(), 'GET /api/ClientAddress', { hops: [] }, { hops: [] }],
  [
    'auditEvents',
    (rollcall) => rollcall.auditEvents({ pageSize: 100 }),
    'GET /api/AuditEvents?pageSize=100',
    { events: [] },
    { events: [] },
  ],
];

describe.each(calls)('%s', (_, call, sent, body, answer) => {
  test('asks and answers', async () => {
    const { rollcall, requests } = clientOf(() => Response.json(body), { headers: { 'x-own': 'yes' } });
    expect(await call(rollcall)).toEqual(answer);
    const [request] = requests;
    expect(`${request?.method} ${request?.url.replace('http://rollcall.test', '')}`).toBe(sent);
    expect(request?.headers.get('x-own')).toBe('yes');
  });

  test('throws what the service says no with', async () => {
    const { code, traceId } = await failureOf(call(clientOf(() => problemAnswer()).rollcall));
    expect({ code, traceId }).toEqual({ code: problem.code, traceId: problem.traceId });
  });
});

test('a password is chosen with the whole link, or with what stands behind its #', async () => {
  const { rollcall, requests } = clientOf(() => Response.json({ email: 'ada@example.com' }));
  for (const link of ['https://rollcall.test/choose-password#rcl_one', 'rcl_one'])
    await rollcall.choosePassword({ link, password: 'another' });
  const sent = await Promise.all(requests.map((request) => request.json()));
  expect(sent).toEqual(Array(2).fill({ link: 'rcl_one', password: 'another' }));
});

test('an id is one part of the address, whatever it holds', async () => {
  const { rollcall, requests } = clientOf(() => Response.json({ session }));
  await rollcall.getSession('../Authentication?x#y');
  expect(new URL(requests[0]?.url ?? '').pathname).toBe('/api/UserRequest/..%2FAuthentication%3Fx%23y');
});

test('every call can be given up', async () => {
  const never: Fetch = () => new Promise(() => undefined);
  const { rollcall } = clientOf(never, { timeout: Infinity });
  const options = { signal: AbortSignal.abort() };
  const given = [
    rollcall.signIn({ email: 'ada@example.com', password: 'a password' }, options),
    rollcall.signOut(options),
    rollcall.whoAmI(options),
    rollcall.listSessions({}, options),
    rollcall.sessions({}, options).next(),
    rollcall.statistics(options),
    rollcall.getSession(requestId, options),
    rollcall.endSession(requestId, options),
    rollcall.auditEvents({}, options),
    rollcall.api.GET('/health/live', options),
  ];
  const codes = await Promise.all(given.map(async (call) => (await failureOf(call)).code));
  expect(new Set(codes)).toEqual(new Set(['aborted']));
});

test('what is not given is the global fetch, as it is when it is called', async () => {
  const { fetch } = globalThis;
  const { createRollcall } = await import('./index.ts');
  const rollcall = createRollcall({ baseUrl: 'http://rollcall.test' });
  try {
    globalThis.fetch = async () => Response.json(statistics);
    expect(await rollcall.statistics()).toEqual(statistics);
  } finally {
    globalThis.fetch = fetch;
  }
});

test('answers have the types of openapi.json', async () => {
  expectTypeOf<Rollcall['getSession']>().returns.resolves.toEqualTypeOf<Session>();
  expectTypeOf<Rollcall['endSession']>().returns.resolves.toEqualTypeOf<Termination>();
  const answer = await clientOf(() => Response.json(statistics)).rollcall.statistics();
  expectTypeOf(answer).toEqualTypeOf<SessionStatistics>();
  expect(answer).toEqual(statistics);
});
