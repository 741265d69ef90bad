/** What the trail's filters find is what looking at every event finds, page by page and cursor by cursor. */
import { randomUUID } from 'node:crypto';
import { fold } from '@rollcall/core/fold';
import { toInstant, toMilliseconds } from '@rollcall/core/instant';
import {
  AuditAction,
  type AuditEvent,
  AuditEventList,
  AuditEventListQuery,
  type AuditFilter,
} from '@rollcall/core/schema/audit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type * as z from 'zod';
import { bodyOf, onEachEngine, problemOf, type TestApi } from '../../test/api.ts';
import { readAuditPage } from './read-audit-page.ts';
import { type NewAuditEvent, writeAuditEvents } from './write-audit-event.ts';

const begin = toMilliseconds('2026-11-23T00:00:00.000Z');
const sessions = [1, 2, 3].map((n) => `0190f2f0-7c1e-7aaa-8bbb-00000000000${n}`);
const emails = ['ada@example.com', 'Ada@example.com', 'STRASSE@example.com', 'straße@example.com', 'bob@example.com'];
const instants = fc.integer({ min: 0, max: 20 }).map((second) => toInstant(begin + second * 1000));
const actions = fc.constantFrom<AuditAction>('sign-in', 'sign-out', 'termination', 'user-changed');
const outcomes = fc.constantFrom('success', 'refused');
const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const events = fc.array(
  fc.record(
    {
      at: instants,
      action: actions,
      outcome: outcomes,
      actor: fc.record({ email: one(...emails), requestId: one(...sessions), userId: fc.uuid() }),
      subject: fc.record({ email: one(...emails), requestId: one(...sessions) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['at', 'action', 'outcome'] },
  ),
  { minLength: 1, maxLength: 60 },
);

const filters = fc.record(
  {
    action: fc.oneof(actions, one(...AuditAction.options)),
    outcome: outcomes,
    email: one(...emails, 'nobody@example.com'),
    session: one(...sessions),
    requestId: one(...sessions),
    since: instants,
    before: instants,
  },
  { requiredKeys: [] },
);

function isFound(
  event: AuditEvent,
  { action, outcome, email, session, requestId, since, before }: AuditFilter,
): boolean {
  const people = [event.actorEmail, event.subjectEmail].flatMap((one) => one ?? []).map(fold);
  return (
    (action ?? event.action) === event.action &&
    (outcome ?? event.outcome) === event.outcome &&
    (email === undefined || people.includes(fold(email))) &&
    (session === undefined || [event.actorRequestId, event.subjectRequestId].includes(session)) &&
    (requestId ?? event.subjectRequestId) === event.subjectRequestId &&
    (since === undefined || event.at >= since) &&
    (before === undefined || event.at < before)
  );
}

async function pageOf(api: TestApi, organizationId: string, query: z.input<typeof AuditEventListQuery>) {
  return await api.database.inOrganization(organizationId, (tx) =>
    readAuditPage(tx, organizationId, AuditEventListQuery.parse(query)),
  );
}

async function all(api: TestApi, organizationId: string, filter: AuditFilter): Promise<AuditEvent[]> {
  const found: AuditEvent[] = [];
  for (let cursor = ''; ; ) {
    const page = await pageOf(api, organizationId, { ...filter, cursor, pageSize: '7' });
    found.push(...page.events);
    if (page.nextCursor === undefined) return found;
    cursor = page.nextCursor;
  }
}

onEachEngine((current) => {
  test('filters find what they say, in order, each event once', { timeout: 60_000 }, async () => {
    const api = current();
    await fc.assert(
      fc.asyncProperty(events, fc.array(filters, { minLength: 1, maxLength: 8 }), async (written, asked) => {
        const { organizationId } = await api.createOrganization();
        const made = written.map((event): NewAuditEvent => ({ ...event, organizationId, eventId: randomUUID() }));
        await api.database.inOrganization(organizationId, (tx) => writeAuditEvents(tx, made));
        const trail = await all(api, organizationId, {});
        expect(trail.map(({ at, eventId }) => at + eventId)).toEqual(
          made
            .map(({ at, eventId }) => at + eventId)
            .sort()
            .reverse(),
        );
        for (const filter of asked) {
          const expected = trail.filter((event) => isFound(event, filter));
          expect(await all(api, organizationId, filter)).toEqual(expected);
          const page = await pageOf(api, organizationId, { ...filter, page: '2', pageSize: '5' });
          expect(page).toMatchObject({ events: expected.slice(5, 10), total: expected.length, totalIsExact: true });
        }
      }),
      { numRuns: 25 },
    );
  });

  test('an event that comes meanwhile moves nothing that a cursor leads to', async () => {
    const api = current();
    const { organizationId } = await api.createOrganization();
    const event = (second: number): NewAuditEvent => {
      const at = toInstant(begin + second * 1000);
      return { organizationId, eventId: randomUUID(), at, action: 'sign-in', outcome: 'success' };
    };
    const write = (made: NewAuditEvent[]) =>
      api.database.inOrganization(organizationId, (tx) => writeAuditEvents(tx, made));
    await write([1, 2, 3, 4].map(event));
    const first = await pageOf(api, organizationId, { pageSize: '2' });
    await write([event(5)]);
    const second = await pageOf(api, organizationId, { pageSize: '2', cursor: first.nextCursor ?? '' });
    expect(second.events.map(({ at }) => at)).toEqual([2, 1].map((seconds) => toInstant(begin + seconds * 1000)));
  });

  test('what is found more than ten thousand times is not counted to the end', async () => {
    const api = current();
    const { organizationId } = await api.createOrganization();
    for (let written = 0; written < 10_001; written += 3334) {
      const count = Math.min(3334, 10_001 - written);
      const made = Array.from({ length: count }, (_, n): NewAuditEvent => {
        const at = toInstant(begin + (written + n) * 1000);
        return { organizationId, eventId: randomUUID(), at, action: 'sign-in', outcome: 'success' };
      });
      await api.database.inOrganization(organizationId, (tx) => writeAuditEvents(tx, made));
    }
    expect(await pageOf(api, organizationId, {})).toMatchObject({ total: 10_000, totalIsExact: false });
    const since = toInstant(begin + 1000);
    expect(await pageOf(api, organizationId, { since })).toMatchObject({ total: 10_000, totalIsExact: true });
  });

  test('the API takes all of it, and says what it does not take', async () => {
    const api = current();
    const { token, session, user } = await api.administrator();
    const ask = (query: string) => api.request(`/api/AuditEvents?${query}`, { token });
    const email = encodeURIComponent(user.email.toUpperCase());
    const query = `action=sign-in&outcome=success&email=${email}&session=${session.requestId}&since=2026-11-23T10:42:19%2B01:00`;
    const { events, total } = await bodyOf(await ask(query), AuditEventList);
    expect(events.map(({ action, actorEmail }) => [action, actorEmail])).toEqual([['sign-in', user.email]]);
    expect(total).toBe(1);
    expect((await bodyOf(await ask(`${query}&before=2026-11-23T09:42:19Z`), AuditEventList)).events).toEqual([]);
    for (const [wrong, field] of [
      ['action=coffee', 'action'],
      ['since=yesterday', 'since'],
      ['cursor=x', 'cursor'],
    ] as const) {
      expect((await problemOf(await ask(wrong))).errors).toMatchObject([{ in: 'query', field }]);
    }
  });
});
