import { mostApiKeys } from '@rollcall/core/api-key';
import { ApiKeyList, MadeApiKey, RevokedApiKey } from '@rollcall/core/schema/api-key';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { Authentication } from '@rollcall/core/schema/authentication';
import { Session } from '@rollcall/core/schema/session';
import type { Permission } from '@rollcall/core/schema/user';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { bodyOf, onEachEngine, problemOf, type TestApi } from '../../test/api.ts';
import { endExpiredKeys } from './end-expired-keys.ts';
import { parseKey } from './written-key.ts';

const Exchanged = z.object({ session: Session, token: z.string() });

function send(api: TestApi, method: string, path: string, { token, body }: { token: string; body?: object }) {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  return api.request(path, { method, token, headers, ...(body && { body: JSON.stringify(body) }) });
}

const make = (api: TestApi, token: string, body: object = {}) =>
  send(api, 'POST', '/api/ApiKeys', { token, body: { name: 'Nightly', ...body } });
const revoke = (api: TestApi, token: string, keyId: string) => send(api, 'DELETE', `/api/ApiKey/${keyId}`, { token });
const patch = (api: TestApi, token: string, userId: string, body: object) =>
  send(api, 'PATCH', `/api/User/${userId}`, { token, body });
const exchange = (api: TestApi, key: string, peerAddress = '192.0.2.7') =>
  api.postSignIn({ method: 'api-key', key }, { client: { peerAddress } });

async function made(api: TestApi, token: string, body: object = {}) {
  return await bodyOf(await make(api, token, body), MadeApiKey);
}

async function exchanged(api: TestApi, key: string) {
  return await bodyOf(await exchange(api, key), Exchanged);
}

async function codeOf(answer: Response | Promise<Response>): Promise<string> {
  return (await problemOf(await answer)).code;
}

async function permissionsOf(api: TestApi, token: string): Promise<Permission[]> {
  return (await bodyOf(await api.request('/api/Authentication', { token }), Authentication)).permissions;
}

/** An administrator, and a service account that may read the audit trail. */
async function robotAndAdministrator(api: TestApi) {
  const administrator = await api.administrator();
  const about = { accountType: 'service', permissions: ['audit:read'] } as const;
  const robot = await api.createUser(administrator.organization, { ...about, permissions: [...about.permissions] });
  return { administrator, robot };
}

onEachEngine((current) => {
  describe('a key', () => {
    test('is exchanged for a session that says so, and may what the key may', async () => {
      const api = current();
      const { administrator, robot } = await robotAndAdministrator(api);
      const body = { userId: robot.userId, permissions: ['audit:read'], name: 'Nightly export' };
      const { apiKey, key } = await made(api, administrator.token, body);
      const { session, token } = await exchanged(api, key);
      expect(session).toMatchObject({
        ...{ userEmail: robot.email, sessionName: 'Nightly export', authMethod: 'api-key', clientType: 'api' },
        ...{ accountType: 'service', apiKey: { keyId: apiKey.keyId, name: 'Nightly export' } },
      });
      expect(await permissionsOf(api, token)).toEqual(['audit:read']);
    });

    test('may no more than its user may by now', async () => {
      const api = current();
      const { administrator, robot } = await robotAndAdministrator(api);
      const { key } = await made(api, administrator.token, { userId: robot.userId, permissions: ['audit:read'] });
      const { token } = await exchanged(api, key);
      expect(await permissionsOf(api, token)).toEqual(['audit:read']);
      await patch(api, administrator.token, robot.userId, { permissions: [] });
      expect(await permissionsOf(api, token)).toEqual([]);
    });

    test('of an administrator may no more than it says', async () => {
      const api = current();
      const { token } = await api.administrator();
      const { key } = await made(api, token, { permissions: ['sessions:verify'] });
      const through = await exchanged(api, key);
      expect(await permissionsOf(api, through.token)).toEqual(['sessions:verify']);
      expect(await codeOf(api.request('/api/Users', { token: through.token }))).toBe('forbidden');
    });

    test('is shown once, and nowhere afterwards', async () => {
      const api = current();
      const { token } = await api.administrator();
      const { apiKey, key } = await made(api, token, { allowedNetworks: ['10.1.2.3/8'] });
      const secret = parseKey(key)?.secret ?? 'none';
      await exchange(api, key);
      const list = await api.request('/api/ApiKeys', { token });
      const trail = await api.request('/api/AuditEvents', { token });
      const texts = [await list.clone().text(), await trail.text(), ...api.logged];
      expect(texts.filter((text) => text.includes(secret))).toEqual([]);
      const { apiKeys } = await bodyOf(list, ApiKeyList);
      expect(apiKeys).toEqual([apiKey]);
      expect(apiKey).toMatchObject({ name: 'Nightly', permissions: [], allowedNetworks: ['10.0.0.0/8'] });
    });
  });

  describe('an exchange is refused, always alike,', () => {
    test('for whatever is no key, without asking the database', async () => {
      const api = current();
      const { token } = await api.administrator();
      const { key } = await made(api, token);
      const parts = parseKey(key);
      const wrong = [
        'x',
        key.slice(0, -1),
        `${key}0`,
        key.replace('rck_', 'rct_'),
        key.replace(parts?.secret.slice(0, 4) ?? '', 'AAAA'),
        key.toUpperCase(),
      ];
      for (const text of wrong) {
        expect(parseKey(text)).toBeUndefined();
        expect(await codeOf(exchange(api, text))).toBe('sign-in-failed');
      }
    });

    test('for a key that is revoked, expired, unknown, of a disabled user, or used from elsewhere', async () => {
      const api = current();
      const { administrator, robot } = await robotAndAdministrator(api);
      const { token } = administrator;
      const userId = robot.userId;
      const revoked = await made(api, token, { userId });
      await revoke(api, token, revoked.apiKey.keyId);
      const expiresAt = new Date(Date.parse(api.now) + 60_000).toISOString();
      const expired = await made(api, token, { userId, expiresAt });
      const elsewhere = await made(api, token, { userId, allowedNetworks: ['10.0.0.0/8', '2001:db8::/32'] });
      expect((await exchange(api, elsewhere.key, '10.9.9.9')).status).toBe(201);
      expect((await exchange(api, elsewhere.key, '2001:db8::9')).status).toBe(201);
      expect((await exchange(api, expired.key)).status).toBe(201);
      api.pass(60);
      const disabled = await made(api, token, { userId });
      const answers = [
        await problemOf(await exchange(api, revoked.key)),
        await problemOf(await exchange(api, expired.key)),
        await problemOf(await exchange(api, elsewhere.key)),
      ];
      await patch(api, token, userId, { isDisabled: true });
      answers.push(await problemOf(await exchange(api, disabled.key)));
      expect(new Set(answers.map(({ code, detail }) => `${code} ${detail}`)).size).toBe(1);
      const { events } = await bodyOf(await api.request('/api/AuditEvents?pageSize=50', { token }), AuditEventList);
      const refused = events.filter(({ action, outcome }) => action === 'sign-in' && outcome === 'refused');
      const reasons = refused.map(({ details }) => String(details?.['because']));
      expect(new Set(reasons)).toEqual(new Set(['user-disabled', 'address', 'expired', 'revoked']));
    });
  });

  describe('revoking a key', () => {
    test('ends its sessions and no others, is recorded, and is safe to repeat', async () => {
      const api = current();
      const { administrator, robot } = await robotAndAdministrator(api);
      const { token } = administrator;
      const [one, other] = [
        await made(api, token, { userId: robot.userId }),
        await made(api, token, { userId: robot.userId }),
      ];
      const [first, second, spared] = [
        await exchanged(api, one.key),
        await exchanged(api, one.key),
        await exchanged(api, other.key),
      ];
      const done = await bodyOf(await revoke(api, token, one.apiKey.keyId), RevokedApiKey);
      expect(done).toMatchObject({ endedSessions: 2, apiKey: { revokedAt: api.now } });
      for (const ended of [first, second]) {
        const problem = await problemOf(await api.request('/api/Authentication', { token: ended.token }));
        expect(problem).toMatchObject({ code: 'session-ended', endReason: 'credentials-changed' });
      }
      expect((await api.request('/api/Authentication', { token: spared.token })).ok).toBe(true);
      api.pass(10);
      const again = await bodyOf(await revoke(api, token, one.apiKey.keyId), RevokedApiKey);
      expect(again).toEqual({ apiKey: done.apiKey, endedSessions: 0 });
    });

    test('is for its user and for whoever manages integrations; for others it is not there', async () => {
      const api = current();
      const { organization, token } = await api.administrator();
      const user = await api.createUser(organization);
      const own = await api.signIn(user);
      const { apiKey } = await made(api, own.token);
      const member = await api.signIn(await api.createUser(organization));
      const stranger = await api.administrator();
      expect(await codeOf(revoke(api, member.token, apiKey.keyId))).toBe('not-found');
      expect(await codeOf(revoke(api, stranger.token, apiKey.keyId))).toBe('not-found');
      expect((await bodyOf(await api.request('/api/ApiKeys', { token: member.token }), ApiKeyList)).apiKeys).toEqual(
        [],
      );
      expect((await revoke(api, token, apiKey.keyId)).status).toBe(200);
    });

    test('happens by itself when its time is over', async () => {
      const api = current();
      const { token } = await api.administrator();
      const expiresAt = new Date(Date.parse(api.now) + 60_000).toISOString();
      const { key } = await made(api, token, { expiresAt });
      const session = await exchanged(api, key);
      const needs = { announcements: api.announcements, clock: () => api.now, newId: () => crypto.randomUUID() };
      await endExpiredKeys(needs);
      expect((await api.request('/api/Authentication', { token: session.token })).ok).toBe(true);
      api.pass(60);
      await endExpiredKeys(needs);
      expect(await codeOf(api.request('/api/Authentication', { token: session.token }))).toBe('session-ended');
    });
  });

  describe('making a key is refused', () => {
    test('where it would be wider than its maker or its user, or concerns another person', async () => {
      const api = current();
      const { administrator, robot } = await robotAndAdministrator(api);
      const { organization, user } = administrator;
      const member = await api.signIn(await api.createUser(organization, { permissions: ['audit:read'] }));
      const integrations = await api.createUser(organization, { permissions: ['integrations:manage'] });
      const integrator = await api.signIn(integrations);
      const { userId } = robot;
      for (const answer of [
        make(api, member.token, { permissions: ['users:manage'] }),
        make(api, member.token, { userId }),
        make(api, integrator.token, { userId }),
        make(api, administrator.token, { userId, permissions: ['users:manage'] }),
        make(api, administrator.token, { userId: member.session.userId }),
        make(api, member.token, { userId: user.userId }),
      ]) {
        expect(await codeOf(answer)).toBe('forbidden');
      }
      expect((await make(api, member.token, { permissions: ['audit:read'] })).status).toBe(201);
    });

    test('through a key', async () => {
      const api = current();
      const { token } = await api.administrator();
      const { apiKey, key } = await made(api, token, { permissions: ['integrations:manage'] });
      const through = await exchanged(api, key);
      expect(await codeOf(make(api, through.token))).toBe('forbidden');
      expect(await codeOf(revoke(api, through.token, apiKey.keyId))).toBe('forbidden');
    });

    test('for somebody of another organization, for what is over, and for one too many', async () => {
      const api = current();
      const { token } = await api.administrator();
      const stranger = await api.administrator();
      expect(await codeOf(make(api, token, { userId: stranger.user.userId }))).toBe('not-found');
      expect(await codeOf(make(api, token, { expiresAt: api.now }))).toBe('invalid');
      const keys = [];
      for (let count = 0; count < mostApiKeys; count += 1) keys.push(await made(api, token));
      expect(await codeOf(make(api, token))).toBe('too-many');
      await revoke(api, token, keys[0]?.apiKey.keyId ?? '');
      expect((await make(api, token)).status).toBe(201);
    });
  });
});
