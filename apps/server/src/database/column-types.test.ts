import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../../test/engines.ts';
import { seedSession } from '../../test/seed.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';

describe.each(ENGINES)('%s', (engine) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.destroy());

  async function value(expression: ReturnType<typeof sql>): Promise<unknown> {
    const { rows } = await test.database.asMaintenance('doctor', (tx) =>
      sql<{ value: unknown }>`select ${expression} as value`.execute(tx),
    );
    return rows[0]?.value;
  }

  it('gives instants back as they were written', async () => {
    const instants = fc.date({
      min: new Date('0001-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(instants, async (date) => {
        const instant = date.toISOString();
        expect(await value(sql`${instant}::timestamptz(3)`)).toBe(instant);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['2026-11-23 09:42:19+00', '2026-11-23T09:42:19.000Z'],
    ['2026-11-23 09:42:19.5+00', '2026-11-23T09:42:19.500Z'],
    ['2026-11-23 09:42:19.123999+00', '2026-11-23T09:42:19.123Z'],
    ['2026-11-23 09:42:19+02', '2026-11-23T07:42:19.000Z'],
  ])('reads %s as %s', async (written, read) => {
    expect(await value(sql`${written}::timestamptz`)).toBe(read);
  });

  it('refuses an instant that ISO 8601 with four digits cannot say', async () => {
    await expect(value(sql`'infinity'::timestamptz`)).rejects.toThrow('not a UTC timestamp');
  });

  it('gives addresses back as RFC 5952 writes them, without a prefix length', async () => {
    const addresses = fc.oneof(
      fc.ipV4(),
      fc.ipV6().map((address) => ipaddr.process(address).toString()),
    );
    await fc.assert(
      fc.asyncProperty(addresses, async (address) => {
        expect(await value(sql`${address}::inet`)).toBe(address);
      }),
      {
        numRuns: 200,
        examples: [['::1'], ['::'], ['::102:304'], ['2001:db8::1'], ['2001:db8:0:1:1:1:1:1'], ['fe80::']],
      },
    );
  });

  it('counts in numbers, and refuses those that a number cannot hold', async () => {
    const { organization_id } = await seedSession(test.database);
    const counted = await test.database.inOrganization(organization_id, (tx) =>
      tx
        .selectFrom('sessions')
        .select((expression) => expression.fn.countAll<number>().as('count'))
        .executeTakeFirst(),
    );
    expect(counted).toEqual({ count: 1 });
    expect(await value(sql`9007199254740991::bigint`)).toBe(Number.MAX_SAFE_INTEGER);
    await expect(value(sql`9007199254740992::bigint`)).rejects.toThrow('9007199254740992');
  });

  it('gives the row of a session back as it was written', async () => {
    const { organization_id, request_id, session } = await seedSession(test.database, {
      ip_address: '2001:db8::7',
      ended_at: '2026-11-23T10:00:00.001Z',
      end_reason: 'terminated',
      ended_by: 'root@example.com',
    });
    const { search_text: _, token_salt, ...kept } = session;
    expect(await test.database.readSessionByKey(organization_id, request_id)).toEqual({
      ...kept,
      token_salt: token_salt.toString('base64'),
      ended_by_user_id: null,
      api_key_id: null,
      api_key_name: null,
      permissions_within: null,
      token_generation: 1,
      role: 'administrator',
      permissions: ['audit:read'],
      disabled_at: null,
      organization_slug: `org-${organization_id}`,
      organization_name: 'An organization',
      idle_timeout_seconds: null,
      absolute_timeout_seconds: null,
      network_binding: 'log',
      read_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });
});
