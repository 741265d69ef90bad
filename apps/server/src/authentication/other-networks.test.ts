/** A session that is used from another network than the one in which it was begun. */
import { toInstant } from '@rollcall/core/instant';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { Introspection } from '@rollcall/core/schema/introspection';
import type { NetworkBinding } from '@rollcall/core/schema/organization';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, ownOrigin, problemOf, rotation, type SignedInUser, TestApi } from '../../test/api.ts';
import { nextTokenHeader } from '../http/access.ts';

const home = '192.0.2.7';
const neighbour = '192.0.2.200';
const elsewhere = '198.51.100.9';

type Administrator = Awaited<ReturnType<TestApi['administrator']>>;

async function bind(api: TestApi, { token }: Administrator, networkBinding: NetworkBinding): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ networkBinding });
  const answer = await api.request('/api/Organization', { method: 'PATCH', token, headers, body });
  expect(answer.status).toBe(200);
}

/** An organization with that binding, and somebody who has just signed in at home. */
async function begin(api: TestApi, networkBinding: NetworkBinding, from = home) {
  const administrator = await api.administrator();
  await bind(api, administrator, networkBinding);
  const user = await api.createUser(administrator.organization);
  const member = await api.signIn(user, { client: { peerAddress: from } });
  return { administrator, user, member };
}

function ask(api: TestApi, { token }: Pick<SignedInUser, 'token'>, peerAddress: string): Promise<Response> {
  return api.request('/api/Authentication', { token, client: { peerAddress } });
}

async function codeOf(answer: Response): Promise<string> {
  return answer.status === 200 ? 'accepted' : (await problemOf(answer)).code;
}

async function evidence(api: TestApi, { token }: Administrator, { session }: SignedInUser) {
  const path = `/api/AuditEvents?action=other-network&requestId=${session.requestId}&pageSize=100`;
  const { events } = await bodyOf(await api.request(path, { token }), AuditEventList);
  // The clock stands still meanwhile: no event is before another.
  return events.map(({ outcome, ipAddress, details }) => `${outcome} ${ipAddress} ${details?.['network']}`).sort();
}

/** As if so much time had passed since the session's token was confirmed. */
async function age(api: TestApi, { session: { requestId } }: SignedInUser, seconds: number): Promise<void> {
  await api.database.asMaintenance('doctor', (tx) =>
    sql`update sessions set token_confirmed_at = token_confirmed_at - ${seconds} * interval '1 second'
      where request_id = ${requestId}`.execute(tx),
  );
  api.registry.forgetAll();
}

onEachEngine((current) => {
  describe('off', () => {
    test('nobody asks', async () => {
      const api = current();
      const { administrator, member } = await begin(api, 'off');
      expect(await codeOf(await ask(api, member, elsewhere))).toBe('accepted');
      expect(await evidence(api, administrator, member)).toEqual([]);
    });
  });

  describe('log', () => {
    test('is what holds until an organization chooses', async () => {
      const api = current();
      const administrator = await api.administrator();
      const member = await api.signIn(await api.createUser(administrator.organization));
      expect(await codeOf(await ask(api, member, elsewhere))).toBe('accepted');
      expect(await evidence(api, administrator, member)).toHaveLength(1);
    });

    test('leaves evidence once for each network, from memory and from the database alike, and none of its own', async () => {
      const api = current();
      const { administrator, member } = await begin(api, 'log');
      for (const address of [
        home,
        neighbour,
        elsewhere,
        '198.51.100.10',
        '2001:db8:1::1',
        '2001:db8:1:9::9',
        elsewhere,
      ]) {
        expect(await codeOf(await ask(api, member, address))).toBe('accepted');
        expect(await codeOf(await ask(api, member, address))).toBe('accepted');
      }
      // what is remembered is outdated: the database is asked again
      api.pass(rotation.graceMs / 1000 + 1);
      expect(await codeOf(await ask(api, member, elsewhere))).toBe('accepted');
      expect(await evidence(api, administrator, member)).toEqual([
        `success ${elsewhere} 198.51.100.0/24`,
        'success 2001:db8:1::1 2001:db8:1::/48',
      ]);
    });

    test('leaves it once, however many come at the same time and whichever node they come to', async () => {
      const api = current();
      const { administrator, member } = await begin(api, 'log');
      const other = new TestApi(api.database, { clock: () => api.now });
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, n) => ask(n % 2 === 0 ? api : other, member, elsewhere)),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
      expect(await evidence(api, administrator, member)).toHaveLength(1);
    });

    test('is bounded', async () => {
      const api = current();
      const { administrator, member } = await begin(api, 'log');
      for (let n = 0; n < 30; n += 1) {
        expect(await codeOf(await ask(api, member, `203.0.${n}.1`))).toBe('accepted');
      }
      expect(await evidence(api, administrator, member)).toHaveLength(20);
    });

    test('writes nothing, and asks no database, for a request that is like one before', async () => {
      const { database } = current();
      let [writes, reads] = [0, 0];
      const api = new TestApi({
        ...database,
        inOrganization(...given) {
          writes += 1;
          return database.inOrganization(...given);
        },
        readSessionByKey(...given) {
          reads += 1;
          return database.readSessionByKey(...given);
        },
      });
      const { member } = await begin(api, 'log');
      [writes, reads] = [0, 0];
      for (let n = 0; n < 5; n += 1) {
        await ask(api, member, elsewhere);
        await ask(api, member, home);
      }
      expect({ writes, reads }).toEqual({ writes: 1, reads: 1 });
    });
  });

  describe('strict', () => {
    test('refuses what comes from elsewhere, says what to do, and audits it once', async () => {
      const api = current();
      const { administrator, member } = await begin(api, 'strict');
      expect(await codeOf(await ask(api, member, neighbour))).toBe('accepted');
      const refused = await problemOf(await ask(api, member, elsewhere));
      expect(refused).toMatchObject({ status: 401, code: 'other-network' });
      expect(refused.detail).toContain('sign in again from here');
      expect(await codeOf(await ask(api, member, '198.51.100.200'))).toBe('other-network');
      expect(await evidence(api, administrator, member)).toEqual([`refused ${elsewhere} 198.51.100.0/24`]);
      expect(await codeOf(await ask(api, member, home))).toBe('accepted');
    });

    test('counts nothing that it refuses as activity', async () => {
      const api = current();
      const { administrator, member } = await begin(api, 'strict');
      await ask(api, member, elsewhere);
      const path = `/api/UserRequest/${member.session.requestId}`;
      const answer = await api.request(path, { token: administrator.token });
      expect(await answer.json()).toMatchObject({ session: { lastIpAddress: home, isActive: true } });
    });

    test('lets a thief neither rotate, nor end, nor sign out the session', async () => {
      // Ages of tokens are judged by the database's clock.
      const api = new TestApi(current().database, { clock: () => toInstant(Date.now()) });
      const { member } = await begin(api, 'strict');
      await age(api, member, rotation.rotateAfterMs / 1000 + 10);
      const next = (await ask(api, member, home)).headers.get(nextTokenHeader) ?? '';
      expect(await codeOf(await ask(api, { token: next }, elsewhere))).toBe('other-network');
      // that would have confirmed it: the owner's own has not become an outdated one
      await age(api, member, rotation.graceMs / 1000 + 10);
      expect(await codeOf(await ask(api, member, home))).toBe('accepted');
      expect(await codeOf(await ask(api, { token: next }, home))).toBe('accepted');
      await age(api, member, rotation.graceMs / 1000 + 10);
      const outdated = await ask(api, member, elsewhere);
      expect(await codeOf(outdated)).toBe('other-network');
      expect(outdated.headers.get(nextTokenHeader)).toBeNull();
      const init = { method: 'DELETE', token: next, client: { peerAddress: elsewhere } };
      expect(await codeOf(await api.request('/api/Authentication', init))).toBe('other-network');
      expect(await codeOf(await ask(api, { token: next }, home))).toBe('accepted');
      // at home an outdated token is what it always was
      expect(await codeOf(await ask(api, member, home))).toBe('session-ended');
    });

    test('an end is told as an end, wherever one asks', async () => {
      const api = current();
      const { administrator, member } = await begin(api, 'strict');
      const path = `/api/UserRequest/${member.session.requestId}`;
      await api.request(path, { method: 'DELETE', token: administrator.token });
      expect(await codeOf(await ask(api, member, elsewhere))).toBe('session-ended');
    });

    test('holds for cookies, and for IPv6', async () => {
      const api = current();
      const { user } = await begin(api, 'strict');
      const client = { peerAddress: '2001:db8:1:1::1' };
      const credentials = { method: 'password', email: user.email, password: 'correct horse battery staple' };
      const signedIn = await api.postSignIn(
        { ...credentials, organization: user.organization.slug, transport: 'cookie' },
        { client, headers: { origin: ownOrigin } },
      );
      const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
      const from = (peerAddress: string) =>
        api.request('/api/Authentication', { headers: { cookie }, client: { peerAddress } });
      expect(await codeOf(await from('2001:db8:1:2::2'))).toBe('accepted');
      expect(await codeOf(await from('2001:db8:2:1::1'))).toBe('other-network');
      expect(await codeOf(await from(home))).toBe('other-network');
    });

    test('goes by the address that is believed, not by what a header says', async () => {
      const api = current();
      const { member } = await begin(api, 'strict');
      const behind = new TestApi(api.database, { clock: () => api.now, trustedProxies: ['10.0.0.0/8'] });
      const through = (forwardedFor: string, peerAddress = '10.0.0.1') =>
        behind.request('/api/Authentication', { token: member.token, client: { peerAddress, forwardedFor } });
      expect(await codeOf(await through(`${elsewhere}, ${home}`))).toBe('accepted');
      expect(await codeOf(await through(`${home}, ${elsewhere}`))).toBe('other-network');
      expect(await codeOf(await through(home, elsewhere))).toBe('other-network');
      expect(await codeOf(await through(`::ffff:${neighbour}`))).toBe('accepted');
    });

    test('a node that remembers a session follows a switch once it asks again', async () => {
      const api = current();
      const { administrator, member } = await begin(api, 'log');
      expect(await codeOf(await ask(api, member, elsewhere))).toBe('accepted');
      await bind(api, administrator, 'strict');
      expect(await codeOf(await ask(api, member, elsewhere))).toBe('accepted');
      api.pass(rotation.graceMs / 1000 + 1);
      expect(await codeOf(await ask(api, member, elsewhere))).toBe('other-network');
      await bind(api, administrator, 'off');
      api.pass(rotation.graceMs / 1000 + 1);
      expect(await codeOf(await ask(api, member, elsewhere))).toBe('accepted');
      expect(await evidence(api, administrator, member)).toEqual([
        `refused ${elsewhere} 198.51.100.0/24`,
        `success ${elsewhere} 198.51.100.0/24`,
      ]);
    });
  });

  test('an application that asks about a token is answered by where its client is, if it says so', async () => {
    const api = current();
    const { administrator, member } = await begin(api, 'strict');
    const introspect = async (ipAddress?: string) => {
      const client = ipAddress === undefined ? {} : { client: { ipAddress, userAgent: '' } };
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ token: member.token, ...client });
      const init = { method: 'POST', token: administrator.token, headers, body };
      return await bodyOf(await api.request('/api/Introspection', init), Introspection);
    };
    expect(await introspect(neighbour)).toMatchObject({ active: true });
    expect(await introspect(elsewhere)).toEqual({ active: false, code: 'other-network' });
    expect(await introspect(`::ffff:${home}`)).toMatchObject({ active: true });
    // Accepted from elsewhere before the switch: what is known of the newest client proves nothing of this one.
    await bind(api, administrator, 'log');
    api.pass(rotation.graceMs / 1000 + 1);
    expect(await introspect(elsewhere)).toMatchObject({ active: true });
    await bind(api, administrator, 'strict');
    api.pass(rotation.graceMs / 1000 + 1);
    expect(await introspect()).toMatchObject({ active: true, session: { lastIpAddress: elsewhere } });
    expect(await introspect(elsewhere)).toEqual({ active: false, code: 'other-network' });
  });
});
