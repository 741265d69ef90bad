import { AuditEventList } from '@rollcall/core/schema/audit';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, password, problemOf, type TestApi, type TestUser } from '../../test/api.ts';
import { removeOutdated } from './sign-in-limit.ts';

const right = password;
const wrong = 'wrong';
const here = '192.0.2.7';

async function attempt(api: TestApi, user: TestUser, secret: string, peerAddress = here): Promise<number> {
  return (await attemptAnswer(api, user, secret, peerAddress)).status;
}

async function attemptAnswer(api: TestApi, user: TestUser, secret: string, peerAddress = here): Promise<Response> {
  const { email, organization } = user;
  const body = { method: 'password', email, password: secret, organization: organization.slug };
  return await api.postSignIn(body, { client: { peerAddress } });
}

async function statusesOf(count: number, make: (index: number) => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push(await make(index));
  return statuses;
}

onEachEngine((current) => {
  test('after five failures the right password is refused for a minute, without looking at it', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    expect(await statusesOf(5, () => attempt(api, user, wrong))).toEqual([401, 401, 401, 401, 401]);
    api.pass(1);
    const before = api.derivations;
    const answer = await attemptAnswer(api, user, right);
    expect(await problemOf(answer)).toMatchObject({ code: 'too-many-attempts', status: 429 });
    expect(answer.headers.get('retry-after')).toBe('59');
    expect(api.derivations).toBe(before);
    api.pass(58);
    expect(await attempt(api, user, right)).toBe(429);
    api.pass(1);
    expect(await attempt(api, user, right)).toBe(201);
  });

  test('a block on one name of an organization says nothing about another name', async () => {
    const api = current();
    const known = await api.createUser(await api.createOrganization());
    const named = (slug: string) => ({ ...known, organization: { ...known.organization, slug } });
    const [first, second] = [`nobodys-${known.userId}`, `neither-${known.userId}`];
    expect(await statusesOf(6, () => attempt(api, named(first), wrong))).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await attempt(api, named(second), wrong)).toBe(401);
    expect(await attempt(api, known, wrong)).toBe(401);
  });

  test('all addresses of an IPv6 subscriber count as one, those next door do not', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const from = (index: number) => `2001:db8:1:2::${index + 1}`;
    expect(await statusesOf(6, (index) => attempt(api, user, wrong, from(index)))).toEqual([
      401, 401, 401, 401, 401, 429,
    ]);
    expect(await attempt(api, user, right, '2001:db8:1:3::1')).toBe(201);
  });

  test('under attack, an owner is let in from anywhere in the /64 that they have signed in from', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    expect(await attempt(api, user, right, '2001:db8:9:9::1')).toBe(201);
    await statusesOf(50, (index) => attempt(api, user, wrong, `198.51.100.${Math.floor(index / 5) + 1}`));
    expect(await attempt(api, user, right, '203.0.113.1')).toBe(429);
    expect(await attempt(api, user, right, '2001:db8:9:9:a:b:c:d')).toBe(201);
  });

  test('failures that a minute lies between do not add up, and a success forgets them', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    expect(await statusesOf(4, () => attempt(api, user, wrong))).toEqual([401, 401, 401, 401]);
    api.pass(60);
    expect(await statusesOf(4, () => attempt(api, user, wrong))).toEqual([401, 401, 401, 401]);
    expect(await attempt(api, user, right)).toBe(201);
    expect(await statusesOf(5, () => attempt(api, user, wrong))).toEqual([401, 401, 401, 401, 401]);
    expect(await attempt(api, user, right)).toBe(429);
  });

  test('a block lasts a whole minute from the failure that brought it about', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    await attempt(api, user, wrong);
    api.pass(59);
    await statusesOf(4, () => attempt(api, user, wrong));
    api.pass(59);
    expect(await attempt(api, user, right)).toBe(429);
    api.pass(1);
    expect(await attempt(api, user, right)).toBe(201);
  });

  test('neither another account nor another address is concerned', async () => {
    const api = current();
    const organization = await api.createOrganization();
    const user = await api.createUser(organization);
    const other = await api.createUser(organization);
    await statusesOf(6, () => attempt(api, user, wrong));
    expect(await attempt(api, other, right)).toBe(201);
    expect(await attempt(api, user, right, '192.0.2.8')).toBe(201);
  });

  test('e-mails and organizations that nobody has are counted like any other', async () => {
    const api = current();
    const organization = await api.createOrganization();
    const user = await api.createUser(organization);
    const nobody = { ...user, email: 'nobody@example.com' };
    expect(await statusesOf(6, () => attempt(api, nobody, wrong))).toEqual([401, 401, 401, 401, 401, 429]);
    const nowhere = { ...user, organization: { ...organization, slug: 'nowhere' } };
    expect(await statusesOf(6, () => attempt(api, nowhere, wrong))).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await attempt(api, user, right)).toBe(201);
  });

  test('of guesses made at the same moment no more than five are looked at', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const statuses = await Promise.all(Array.from({ length: 12 }, () => attempt(api, user, wrong)));
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  test('right passwords at the same moment all get in', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const statuses = await Promise.all(Array.from({ length: 12 }, () => attempt(api, user, right)));
    expect(statuses).toEqual(Array(12).fill(201));
  });

  test('an address that fails a hundred times with different accounts is refused altogether', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const address = '198.51.100.1';
    const guess = (index: number) =>
      attempt(api, { ...user, email: `guess-${Math.floor(index / 4)}@example.com` }, wrong, address);
    expect(new Set(await statusesOf(100, guess))).toEqual(new Set([401]));
    expect(await attempt(api, user, right, address)).toBe(429);
    expect(await attempt(api, user, right)).toBe(201);
    api.pass(60);
    expect(await attempt(api, user, right, address)).toBe(201);
  });

  test('naming other organizations all the time, made-up or real, does not get an address further than 200 guesses', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const address = '198.51.100.2';
    const made = (slug: string) => ({ ...user, organization: { ...user.organization, slug } });
    const guess = (index: number) => attempt(api, made(`made-up-${index}`), wrong, address);
    expect(new Set(await statusesOf(190, guess))).toEqual(new Set([401]));
    expect(await attempt(api, user, right, address)).toBe(201);
    const before = api.derivations;
    const atOnce = await Promise.all(Array.from({ length: 20 }, (_, index) => guess(190 + index)));
    expect(atOnce.filter((status) => status === 401)).toHaveLength(10);
    expect(api.derivations).toBe(before + 10);
    expect(await attempt(api, user, right, address)).toBe(429);
    expect(await attempt(api, user, right)).toBe(201);
    api.pass(60);
    expect(await attempt(api, user, right, address)).toBe(201);
  });

  test('whoever is refused for one account is not counted any further: nobody else at their address is shut out', async () => {
    const api = current();
    const organization = await api.createOrganization();
    const [user, other] = [await api.createUser(organization), await api.createUser(organization)];
    const address = '198.51.100.3';
    await statusesOf(5, () => attempt(api, user, wrong, address));
    expect(new Set(await statusesOf(250, () => attempt(api, user, wrong, address)))).toEqual(new Set([429]));
    expect(await attempt(api, other, right, address)).toBe(201);
  });

  test('failures are removed when their minute is over, also those at organizations that nobody has', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const count = () =>
      api.database.asMaintenance('doctor', async (tx) => {
        const { rows } = await sql<{ count: number }>`
          select count(*)::integer as count from sign_in_failures where ip_address = '198.51.100.4'`.execute(tx);
        return rows[0]?.count;
      });
    const sweep = () => api.database.asMaintenance('retention', (tx) => removeOutdated(tx, api.now));
    await attempt(api, user, wrong, '198.51.100.4');
    await attempt(api, { ...user, organization: { ...user.organization, slug: 'nobodys' } }, wrong, '198.51.100.4');
    api.pass(59);
    await sweep();
    expect(await count()).toBe(2);
    api.pass(1);
    await sweep();
    expect(await count()).toBe(0);
  });

  test('an account attacked from many addresses still admits those that it has signed in from', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    await api.signIn(user, { client: { peerAddress: '203.0.113.7' } });
    const guess = (index: number) => attempt(api, user, wrong, `198.51.100.${Math.floor(index / 4)}`);
    expect(new Set(await statusesOf(50, guess))).toEqual(new Set([401]));
    expect(await attempt(api, user, right, '203.0.113.8')).toBe(429);
    expect(await attempt(api, user, right, '203.0.113.7')).toBe(201);
  });

  test('a block is audited once, however often it refuses', async () => {
    const api = current();
    const { token, organization } = await api.administrator();
    const member = await api.createUser(organization);
    await statusesOf(9, () => attempt(api, member, wrong));
    const answer = await api.request('/api/AuditEvents?pageSize=100', { token });
    const { events } = await bodyOf(answer, AuditEventList);
    const reasons = events.filter(({ subjectEmail }) => subjectEmail === member.email).map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === 'sign-in-failed')).toHaveLength(5);
    expect(reasons.filter((reason) => reason === 'too-many-attempts')).toHaveLength(1);
  });
});
