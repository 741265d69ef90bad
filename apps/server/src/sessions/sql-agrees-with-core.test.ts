import { randomBytes, randomUUID } from 'node:crypto';
import { hasCursors, writeCursor } from '@rollcall/core/cursor';
import { type Instant, toInstant, toMilliseconds } from '@rollcall/core/instant';
import { isActiveAt } from '@rollcall/core/lifetime';
import { type Actor, maySeeSession, permissionsOf } from '@rollcall/core/permission';
import type { QueryContext } from '@rollcall/core/query/match';
import { AuthMethod, ClientType, EndReason, type Session } from '@rollcall/core/schema/session';
import { SearchText, SessionListQuery, SessionListRequest } from '@rollcall/core/schema/session-list';
import { AccountType } from '@rollcall/core/schema/user';
import { searchableText } from '@rollcall/core/search';
import { listSessions } from '@rollcall/core/session-list';
import { statisticsOf } from '@rollcall/core/statistics';
import fc from 'fast-check';
import type { Insertable } from 'kysely';
import { expect, test } from 'vitest';
import { printQuery } from '../../../../packages/core/test/print-query.ts';
import { query as tree } from '../../../../packages/core/test/queries.ts';
import { onEachEngine, type TestApi, timeouts } from '../../test/api.ts';
import type { Activity } from '../activity/write-activity.ts';
import type { SessionsTable } from '../database/tables.ts';
import { deviceOf } from './device-of.ts';
import { readSessionPage } from './read-session-page.ts';
import { readStatistics } from './read-statistics.ts';
import { sessionOf } from './session-row.ts';

const now: Instant = '2026-11-23T09:42:19.000Z';
const users = 3;

/** What differs between two sessions as far as searching, ordering and counting go. */
interface Story {
  user: number;
  userEmail: string;
  sessionName: string;
  userAgent: string;
  ipAddress: string;
  createdAt: Instant;
  lastActivity: Instant;
  endReason: EndReason | undefined;
  clientType: ClientType;
  authMethod: AuthMethod;
  accountType: AccountType;
  /** Of activity that is not in the database yet. */
  pending: Instant | undefined;
}

// Case that changes length, wildcards of SQL, characters on both sides of the surrogates, marks that combine.
const letters = [...'aAbBßẞİıΣσςéＡﬁ%_\\:-"\'.@ \u0301\u{1F600}\uE000\uFFFD'];
const word = fc.string({ unit: fc.constantFrom(...letters), maxLength: 6 });

const addresses = fc.constantFrom(
  ...['9.9.9.9', '10.0.0.1', '192.0.2.7', '192.0.2.70', '255.255.255.255'],
  ...['::', '::1', '::102:304', '2001:db8::1', '2001:db8::10', 'fe80::1', 'ffff::'],
);

const agents = fc.constantFrom(
  ...['', 'curl/8.17.0', 'node', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'],
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
);

const milliseconds = (most: number) => fc.integer({ min: -most, max: most });
const edges = (seconds: number) => fc.constantFrom(-1, 0, 1).map((offset) => offset - seconds * 1000);
const nearNow = fc.oneof(
  milliseconds(2 * timeouts.absoluteSeconds * 1000),
  edges(timeouts.idleSeconds),
  edges(timeouts.absoluteSeconds),
  fc.constant(0),
  fc.constant(-40 * 365 * 86_400_000),
);
const instant = nearNow.map((offset) => toInstant(toMilliseconds(now) + offset));

const story: fc.Arbitrary<Story> = fc.record({
  user: fc.nat(users - 1),
  userEmail: fc.oneof(word, fc.constantFrom('Ada.Abara@x.example', 'ada.abara2@x.example', 'ab@x.example')),
  sessionName: word,
  userAgent: fc.oneof(word, agents),
  ipAddress: addresses,
  createdAt: instant,
  lastActivity: instant,
  endReason: fc.option(fc.constantFrom(...EndReason.options), { nil: undefined }),
  clientType: fc.constantFrom(...ClientType.options),
  authMethod: fc.constantFrom(...AuthMethod.options),
  accountType: fc.constantFrom(...AccountType.options),
  pending: fc.option(instant, { nil: undefined }),
});

const search = fc.oneof(
  fc.constant(''),
  fc.array(word, { maxLength: 3 }).map((terms) => terms.join(' ')),
  fc.constantFrom(
    '9',
    '192.0.2.7',
    '::1',
    'db8:',
    '%',
    '_',
    '\\',
    'SS',
    'ΣΑΣ',
    '192 browser:chrome',
    'os:linux OR agent:curl',
  ),
  fc.constantFrom(
    ...[
      'ab',
      'ada.abara@x',
      'abara@x.example',
      'user:=ada.abara@x.example',
      'user:=ab@x.example',
      'user:abara2@x',
      'name:ab',
    ],
    ...[
      'ada.abara@x status:active',
      '-ada.abara@x.example',
      '(ab OR 192) duration:>1h',
      'abara client:api',
      'abara concurrent:>1',
    ],
  ),
  fc.constantFrom(
    'concurrent:>3',
    'concurrent:0',
    'concurrent:1..4',
    'idle:<1h',
    'ended:idle-timeout',
    '-ended:terminated',
  ),
  tree.map(printQuery).filter((text) => SearchText.safeParse(text).success),
);

const query = fc
  .record({
    search,
    status: fc.constantFrom('active', 'inactive', 'all'),
    sort: fc.constantFrom(...SessionListQuery.shape.sort.unwrap().options),
    page: fc.integer({ min: 1, max: 5 }),
    pageSize: fc.integer({ min: 1, max: 9 }),
  })
  .map((given) => SessionListRequest.parse(given));

const seed = Math.floor(Math.random() * 2 ** 31);

const farQuery = fc
  .record({
    search: fc.constantFrom(
      ...[
        '',
        '',
        'x',
        '9',
        'ab',
        '-zzzz',
        'abara',
        'x status:active',
        '-status:active',
        'status:active',
        'ended:terminated',
      ],
      ...[
        'duration:>=0s',
        'duration:>1h',
        'client:api OR client:console',
        '-client:api',
        'concurrent:>3',
        'x concurrent:>3',
      ],
      ...[
        'ip:0.0.0.0/0',
        'created:<40d',
        'activity:>1d',
        '-os:linux',
        'x client:api',
        'abara -client:api',
        '-ended:terminated',
      ],
      ...[
        'abara',
        'abara ip:0.0.0.0/1',
        'abara (ended:terminated OR auth:sso)',
        'x account:service',
        'abara agent:curl',
      ],
      ...['abara concurrent:>3', 'abara concurrent:0', 'abara created:<9d -status:active', 'user:=ab@x.example'],
    ),
    status: fc.constantFrom('all', 'all', 'all', 'inactive'),
    sort: fc.oneof(
      fc.constantFrom('createdAt', '-createdAt'),
      fc.constantFrom(...SessionListQuery.shape.sort.unwrap().options),
    ),
    page: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 250 })),
    pageSize: fc.constantFrom(5, 50),
  })
  .map((given) => SessionListRequest.parse(given));

/** As it mostly is: two of the three have the same e-mail in all their sessions, and come back from where they were. */
function withHabits(told: Story): Story {
  const own = ['Ada.Abara@x.example', 'ab@x.example'].at(told.user);
  return own === undefined ? told : { ...told, userEmail: own, sessionName: [...told.sessionName][0] ?? '' };
}

// Every address has one of the two.
const ofEverybody = '. OR :';

/** Around the first, the middle and the last page, in orders that have to be gone through, and where those that are active begin. */
function edgesOf(sessions: readonly Session[]): SessionListRequest[] {
  const pageSize = 50;
  const pagesOf = (some: readonly Session[]) => {
    const last = Math.ceil(some.length / pageSize);
    return [1, 2, Math.floor(last / 2), Math.ceil(last / 2) + 1, last - 1, last, last + 1];
  };
  const groups = [sessions.filter(({ isActive }) => isActive), sessions.filter(({ isActive }) => !isActive)];
  const ofAll = [sessions, ...groups]
    .flatMap(pagesOf)
    .flatMap((page) => (['isActive', '-isActive'] as const).map((sort) => ({ search: '', sort, page })));
  const ofSome = [sessions, ...groups].flatMap((some, index) =>
    pagesOf(some).flatMap((page) =>
      (['-createdAt', 'userEmail', 'isActive'] as const).map((sort) => ({
        search: [ofEverybody, 'status:active', '-status:active'][index],
        sort,
        page,
      })),
    ),
  );
  const found = sessions.filter(({ userEmail }) => userEmail.includes('example'));
  const ofFound = pagesOf(found).flatMap((page) =>
    (['userEmail', '-sessionName', 'userAgent', '-userAgent', 'isActive', 'ipAddress'] as const).flatMap((sort) =>
      ['user:example', 'example ended:terminated', 'user:example -ended:terminated'].map((search) => ({
        search,
        sort,
        page,
      })),
    ),
  );
  return [...ofAll, ...ofSome, ...ofFound].map((given) => SessionListRequest.parse({ ...given, pageSize }));
}

async function populate(api: TestApi, stories: readonly Story[]) {
  const organization = await api.createOrganization();
  const { organizationId } = organization;
  const userIds = await Promise.all(
    Array.from({ length: users }, async () => (await api.createUser(organization)).userId),
  );
  const rows = stories.map((told) => rowOf(told, organizationId, userIds));
  for (let first = 0; first < rows.length; first += 1000) {
    const some = rows.slice(first, first + 1000);
    await api.database.inOrganization(organizationId, (tx) => tx.insertInto('sessions').values(some).execute());
  }
  const actorOf = (role: 'administrator' | 'member'): Actor => ({
    organizationId,
    requestId: rows[0]?.request_id ?? randomUUID(),
    userId: userIds[0] ?? randomUUID(),
    permissions: permissionsOf({ role, permissions: [] }),
  });
  return { rows, actorOf };
}

function rowOf(told: Story, organization_id: string, userIds: readonly string[]) {
  return {
    organization_id,
    request_id: randomUUID(),
    user_id: userIds[told.user] ?? '',
    user_email: told.userEmail,
    session_name: told.sessionName,
    ip_address: told.ipAddress,
    user_agent: told.userAgent,
    last_ip_address: told.ipAddress,
    last_user_agent: told.userAgent,
    client_type: told.clientType,
    auth_method: told.authMethod,
    account_type: told.accountType,
    api_key_id: null,
    api_key_name: null,
    created_at: told.createdAt,
    last_activity: told.lastActivity,
    ended_at: told.endReason ? now : null,
    end_reason: told.endReason ?? null,
    ended_by: null,
    search_text: searchableText(told),
    token_salt: randomBytes(32),
    token_confirmed_at: told.createdAt,
  } satisfies Insertable<SessionsTable>;
}

type Row = ReturnType<typeof rowOf>;

function withActivity(row: Row, at: Instant | undefined): Row {
  const counts = at !== undefined && row.ended_at === null && at > row.last_activity;
  return counts ? { ...row, last_activity: at } : row;
}

/** With that of a session that is gone. */
function pendingOf(rows: readonly Row[], stories: readonly Story[]): Activity[] {
  const told = rows.map((row, index) => ({ requestId: row.request_id, at: stories[index]?.pending }));
  return [...told, { requestId: randomUUID(), at: now }].flatMap(({ requestId, at }) =>
    at === undefined ? [] : [{ requestId, at, ipAddress: '192.0.2.1', userAgent: '' }],
  );
}

function contextOf(sessions: readonly Session[]): QueryContext {
  const active = Map.groupBy(
    sessions.filter((session) => isActiveAt(session, now)),
    ({ userId }) => userId,
  );
  return { now, timeouts, deviceOf, activeSessionsOf: (userId) => active.get(userId)?.length ?? 0 };
}

/** Some of the queries go on after one of the sessions. */
function cursorIn(any: SessionListRequest, sessions: readonly Session[]): SessionListRequest {
  const place = sessions[any.pageSize];
  return place && any.page === 1 && hasCursors(any.sort) ? { ...any, cursor: writeCursor(place) } : any;
}

onEachEngine((current) => {
  test('a page, its order, its total and the statistics are what core says', async () => {
    const api = current();
    await fc.assert(
      fc.asyncProperty(
        fc.array(story, { maxLength: 30 }),
        fc.array(query, { minLength: 24, maxLength: 24 }),
        async (stories, queries) => {
          const { rows, actorOf } = await populate(api, stories);
          for (const actor of [actorOf('administrator'), actorOf('member')]) {
            const reader = { actor, now, timeouts };
            const view = { requestId: actor.requestId, now, timeouts };
            const seen: Session[] = rows.map((row) => sessionOf(row, view)).filter((s) => maySeeSession(actor, s));
            await api.database.inOrganization(actor.organizationId, async (tx) => {
              expect(await readStatistics(tx, reader)).toEqual(statisticsOf(seen, now));
              const later = rows.map((row, index) => withActivity(row, stories[index]?.pending));
              const seenLater = later.map((row) => sessionOf(row, view)).filter((s) => maySeeSession(actor, s));
              expect(await readStatistics(tx, reader, pendingOf(rows, stories))).toEqual(statisticsOf(seenLater, now));
              for (const any of queries) {
                const asked = cursorIn(any, seen);
                const page = await readSessionPage(tx, reader, asked);
                const expected = listSessions(seen, asked, contextOf(seen));
                const answered = page.rows.map((row) => sessionOf(row, view));
                const { totalIsExact, searchErrors, total, activeSessions } = page;
                expect(
                  { sessions: answered, total, totalIsExact, searchErrors, activeSessions },
                  JSON.stringify(asked),
                ).toEqual({
                  sessions: expected.sessions,
                  total: expected.total,
                  activeSessions: expected.activeSessions,
                  totalIsExact: true,
                  searchErrors: expected.searchErrors,
                });
              }
            });
          }
        },
      ),
      { numRuns: process.env['ROLLCALL_LONG_TESTS'] ? 1000 : 60 },
    );
  }, 3_600_000);

  test('so is a page of more than are counted, near and far', async () => {
    const api = current();
    const { rows, actorOf } = await populate(api, fc.sample(story.map(withHabits), { numRuns: 16_000, seed }));
    const actor = actorOf('administrator');
    const view = { requestId: actor.requestId, now, timeouts };
    const seen = rows.map((row) => sessionOf(row, view));
    const context = contextOf(seen);
    for (const any of [...fc.sample(farQuery, { numRuns: 150, seed }), ...edgesOf(seen)]) {
      const asked = cursorIn(any, seen);
      const page = await api.database.inOrganization(actor.organizationId, (tx) =>
        readSessionPage(tx, { actor, now, timeouts }, asked),
      );
      const told = JSON.stringify({ seed, asked });
      const expected = listSessions(seen, asked, context);
      const total = page.totalIsExact ? expected.total : Math.min(expected.total, 10_000);
      expect({ sessions: page.rows.map((row) => sessionOf(row, view)), total: page.total }, told).toEqual({
        sessions: expected.sessions,
        total,
      });
      expect(page.totalIsExact || expected.total > 10_000, told).toBe(true);
    }
    const active = seen.filter(({ isActive }) => isActive).length;
    const kept = { '': seen.length, '(': seen.length, 'user:': seen.length, [ofEverybody]: seen.length };
    const byStatus = { 'status:active': active, '-status:active': seen.length - active };
    for (const [search, total] of Object.entries({ ...kept, ...byStatus })) {
      const asked = SessionListRequest.parse({ search });
      const page = await api.database.inOrganization(actor.organizationId, (tx) =>
        readSessionPage(tx, { actor, now, timeouts }, asked),
      );
      expect(page, search).toMatchObject({ total, totalIsExact: true });
    }
  }, 3_600_000);
});
