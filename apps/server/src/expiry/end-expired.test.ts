import { randomUUID } from 'node:crypto';
import { toInstant, toMilliseconds } from '@rollcall/core/instant';
import { lifetimeAt, timeoutsWithin } from '@rollcall/core/lifetime';
import { AuditEventList } from '@rollcall/core/schema/audit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, type TestApi, timeouts } from '../../test/api.ts';
import { multiplySessions, seedSession } from '../../test/seed.ts';
import { announceHere } from '../registry/announcements.ts';
import { endExpired } from './end-expired.ts';

const patienceMs = 5000;

function expiring(api: TestApi, now = api.now) {
  const { database, registry } = api;
  const announcements = announceHere({ database, registry, monotonic: () => 0 });
  return { announcements, clock: () => now, newId: randomUUID, timeouts };
}

onEachEngine((current) => {
  test('ends exactly what core says has run out, when and for what core says', async () => {
    const api = current();
    const second = (seconds: number) => toInstant(toMilliseconds(api.now) - seconds * 1000);
    const seconds = fc.oneof(
      fc.integer({ min: 0, max: 90_000 }),
      fc.constantFrom(60, 64, 65, 66, 3604, 3605, 3606, 86_404, 86_405, 86_406),
    );
    const chosen = fc.option(fc.constantFrom(60, 600, 3600), { nil: null });
    await fc.assert(
      fc.asyncProperty(seconds, seconds, chosen, chosen, async (created, active, idleSeconds, absoluteSeconds) => {
        const [createdAt, lastActivity] = [second(created), second(active)];
        const { organization_id, request_id } = await seedSession(api.database, {
          created_at: createdAt,
          last_activity: lastActivity,
        });
        await api.database.inOrganization(organization_id, (tx) =>
          tx
            .updateTable('organizations')
            .set({ idle_timeout_seconds: idleSeconds, absolute_timeout_seconds: absoluteSeconds })
            .execute(),
        );
        await endExpired(expiring(api));
        const row = await api.database.readSessionByKey(organization_id, request_id);
        const own = timeoutsWithin(timeouts, { idleSeconds, absoluteSeconds });
        const { endedAt, endReason } = lifetimeAt({ createdAt, lastActivity }, own, second(patienceMs / 1000));
        expect([row?.ended_at, row?.end_reason]).toEqual([endedAt ?? null, endReason ?? null]);
      }),
      { numRuns: 60 },
    );
  });

  test('records each end once, in its own organization, and what is remembered is forgotten', async () => {
    const api = current();
    const { token, organization, session } = await api.administrator();
    await api.request('/api/Authentication', { token });
    await api.activity.flushAll();
    const endedAt = async () =>
      (await api.database.readSessionByKey(organization.organizationId, session.requestId))?.ended_at;
    api.pass(3600);
    await endExpired(expiring(api));
    expect(await endedAt()).toBeNull();
    api.pass(5);
    expect(await endExpired(expiring(api))).toBeGreaterThan(0);
    expect(await endedAt()).not.toBeNull();
    expect(await endExpired(expiring(api))).toBe(0);
    expect(api.registry.recall(organization.organizationId, session.requestId)).toBeUndefined();
    const other = await api.signIn(await api.createUser(organization, { role: 'administrator' }));
    const { events } = await bodyOf(await api.request('/api/AuditEvents', { token: other.token }), AuditEventList);
    expect(events.filter(({ action }) => action === 'session-ended')).toEqual([
      expect.objectContaining({
        subjectRequestId: session.requestId,
        details: { endReason: 'idle-timeout' },
        at: toInstant(toMilliseconds(api.now) - patienceMs),
      }),
    ]);
  });

  test('several nodes at once end each session once', async () => {
    const api = current();
    const seeded = await Promise.all(Array.from({ length: 20 }, () => seedSession(api.database)));
    const later = toInstant(toMilliseconds(api.now) + 100_000_000);
    await Promise.all(Array.from({ length: 4 }, () => endExpired(expiring(api, later))));
    await endExpired(expiring(api, later));
    for (const { organization_id } of seeded) {
      const ended = await api.database.inOrganization(organization_id, (tx) =>
        tx.selectFrom('audit_events').select('action').where('action', '=', 'session-ended').execute(),
      );
      expect(ended).toHaveLength(1);
    }
  });

  test('more than fit into one batch', async () => {
    const api = current();
    const { organization_id } = await seedSession(api.database);
    await multiplySessions(api.database, organization_id, 1200);
    const later = toInstant(toMilliseconds(api.now) + 200_000_000);
    expect(await endExpired(expiring(api, later))).toBeGreaterThanOrEqual(1201);
  });
});
