import { AuditEventList } from '@rollcall/core/schema/audit';
import { Authentication, Invited, PasswordReset } from '@rollcall/core/schema/authentication';
import { ChangedUser, Permission, UserAnswer, UserList } from '@rollcall/core/schema/user';
import { describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, password, problemOf, type TestApi } from '../../test/api.ts';

const chosen = 'a staple for nine batteries';

function send(api: TestApi, method: string, path: string, { token, body }: { token?: string; body?: object }) {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  return api.request(path, { method, headers, ...(token && { token }), ...(body && { body: JSON.stringify(body) }) });
}

const invite = (api: TestApi, token: string, body: object) => send(api, 'POST', '/api/Users', { token, body });
const patch = (api: TestApi, token: string, userId: string, body: object) =>
  send(api, 'PATCH', `/api/User/${userId}`, { token, body });
const remove = (api: TestApi, token: string, userId: string) => send(api, 'DELETE', `/api/User/${userId}`, { token });
const reset = (api: TestApi, token: string, userId: string) =>
  send(api, 'POST', `/api/UserPasswordReset/${userId}`, { token });
const choose = (api: TestApi, url: string, given = chosen) =>
  send(api, 'POST', '/api/Password', { body: { link: new URL(url).hash.slice(1), password: given } });

async function isGood(api: TestApi, token: string): Promise<boolean> {
  return (await api.request('/api/Authentication', { token })).ok;
}

async function codeOf(answer: Response | Promise<Response>): Promise<string> {
  return (await problemOf(await answer)).code;
}

onEachEngine((current) => {
  describe('users are listed', () => {
    test('by e-mail, with what they may do, when they were last here and how many active sessions they have', async () => {
      const api = current();
      const { organization, token, user: administrator } = await api.administrator();
      const ada = await api.createUser(organization, { email: 'ada@example.com', permissions: ['audit:read'] });
      await api.createUser(organization, { email: 'bot@example.com', accountType: 'service' });
      await invite(api, token, { email: 'Zoe@example.com' });
      await api.signIn(ada);
      api.pass(10);
      await api.signIn(ada);
      const list = await bodyOf(await api.request('/api/Users', { token }), UserList);
      const about = new Map(list.users.map((user) => [user.email, user]));
      expect(list).toMatchObject({ total: 4, totalIsExact: true, page: 1, pageSize: 10 });
      expect(about.get('ada@example.com')).toMatchObject({
        ...{
          status: 'active',
          permissions: ['audit:read'],
          activeSessions: 2,
          lastActivity: api.now,
          isCurrent: false,
        },
      });
      expect(about.get('bot@example.com')).toMatchObject({
        accountType: 'service',
        status: 'active',
        activeSessions: 0,
      });
      expect(about.get('Zoe@example.com')).toMatchObject({ status: 'invited' });
      expect(about.get('Zoe@example.com')).not.toHaveProperty('lastActivity');
      expect(about.get(administrator.email)).toMatchObject({ isCurrent: true, permissions: Permission.options });
      const others = list.users.map(({ email }) => email).filter((email) => email !== administrator.email);
      expect(others).toEqual(['ada@example.com', 'bot@example.com', 'Zoe@example.com']);
    });

    test('filtered and paged, and never those of another organization or removed ones', async () => {
      const api = current();
      const { organization, token } = await api.administrator();
      const gone = await api.createUser(organization, { email: 'gone@example.com' });
      await api.createUser(organization, { email: 'Ünal@example.com' });
      const off = await api.createUser(organization, { email: 'off@example.org' });
      await api.createUser((await api.administrator()).organization, { email: 'other@example.com' });
      await remove(api, token, gone.userId);
      await patch(api, token, off.userId, { isDisabled: true });
      const found = async (query: string) => {
        const { users } = await bodyOf(await api.request(`/api/Users?${query}`, { token }), UserList);
        return users.map(({ email }) => email);
      };
      expect(await found('search=ünal%20COM')).toEqual(['Ünal@example.com']);
      expect(await found('search=100%25')).toEqual([]);
      expect(await found('search=gone')).toEqual([]);
      expect(await found('search=other')).toEqual([]);
      expect(await found('status=disabled')).toEqual(['off@example.org']);
      expect(await found('status=active&role=member')).toEqual(['Ünal@example.com']);
      expect(await found('accountType=service')).toEqual([]);
      expect(await found('search=example&pageSize=1&page=2')).toHaveLength(1);
    });

    test('for nobody without users:manage, but everybody may look at themselves', async () => {
      const api = current();
      const { organization, user } = await api.administrator();
      const auditor = await api.createUser(organization, { permissions: ['audit:read'] });
      const { token } = await api.signIn(auditor);
      expect(await codeOf(api.request('/api/Users', { token }))).toBe('forbidden');
      expect(await codeOf(api.request(`/api/User/${user.userId}`, { token }))).toBe('forbidden');
      const own = await bodyOf(await api.request(`/api/User/${auditor.userId}`, { token }), UserAnswer);
      expect(own.user).toMatchObject({ email: auditor.email, isCurrent: true });
    });
  });

  describe('an invitation', () => {
    test('is taken up once, by whoever has the link, and begins an ordinary user', async () => {
      const api = current();
      const { organization, token } = await api.administrator();
      const body = { email: 'new@example.com', permissions: ['audit:read'] };
      const { user, passwordLink } = await bodyOf(await invite(api, token, body), Invited);
      if (!passwordLink) throw new Error('a person gets a link');
      expect(new URL(passwordLink.url).search).toBe('');
      expect((await choose(api, passwordLink.url)).status).toBe(200);
      expect(await codeOf(choose(api, passwordLink.url))).toBe('link-not-valid');
      const credentials = { method: 'password', email: user.email, password: chosen, organization: organization.slug };
      expect((await api.postSignIn(credentials)).status).toBe(201);
      const { user: joined } = await bodyOf(await api.request(`/api/User/${user.userId}`, { token }), UserAnswer);
      expect(joined).toMatchObject({ status: 'active', permissions: ['audit:read'], activeSessions: 1 });
    });

    test('of two who use one link at the same time only one chooses', async () => {
      const api = current();
      const { token } = await api.administrator();
      const { passwordLink } = await bodyOf(await invite(api, token, { email: 'race@example.com' }), Invited);
      const url = passwordLink?.url ?? '';
      const answers = await Promise.all([choose(api, url), choose(api, url, 'another fine password')]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    });

    test('is no good any more when it is old, replaced, or its user disabled or removed', async () => {
      const api = current();
      const { token } = await api.administrator();
      const invited = async (email: string) => {
        const { user, passwordLink } = await bodyOf(await invite(api, token, { email }), Invited);
        return { userId: user.userId, url: passwordLink?.url ?? '' };
      };
      const [old, replaced, off, gone] = [
        await invited('a@x.test'),
        await invited('b@x.test'),
        await invited('c@x.test'),
        await invited('d@x.test'),
      ];
      const again = await bodyOf(await reset(api, token, replaced.userId), PasswordReset);
      await patch(api, token, off.userId, { isDisabled: true });
      await patch(api, token, off.userId, { isDisabled: false });
      await remove(api, token, gone.userId);
      for (const { url } of [replaced, off, gone]) expect(await codeOf(choose(api, url))).toBe('link-not-valid');
      expect(
        await codeOf(
          choose(
            api,
            old.url.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')),
          ),
        ),
      ).toBe('link-not-valid');
      expect(await codeOf(choose(api, '#rcl_x'.padStart(40, 'https://x.test/')))).toBe('link-not-valid');
      expect((await choose(api, again.passwordLink.url)).status).toBe(200);
      api.pass(72 * 3600);
      expect(await codeOf(choose(api, old.url))).toBe('link-not-valid');
    });

    test('takes no password that is guessed first, and leaves the link good', async () => {
      const api = current();
      const { token } = await api.administrator();
      const { passwordLink } = await bodyOf(await invite(api, token, { email: 'grace.hopper@x.test' }), Invited);
      const url = passwordLink?.url ?? '';
      for (const weak of ['short', 'qwertyuiop12', 'aaaaaaaaaaaaaaa', 'grace.hopper@x.test']) {
        expect((await problemOf(await choose(api, url, weak))).errors).toMatchObject([
          { in: 'body', field: 'password' },
        ]);
      }
      expect((await choose(api, url)).status).toBe(200);
    });

    test('gives nobody what the inviter lacks, and is refused for an e-mail that is there', async () => {
      const api = current();
      const { organization, user } = await api.administrator();
      const manager = await api.createUser(organization, { permissions: ['users:manage'] });
      const { token } = await api.signIn(manager);
      expect(await codeOf(invite(api, token, { email: 'x@x.test', role: 'administrator' }))).toBe('forbidden');
      expect(await codeOf(invite(api, token, { email: 'x@x.test', permissions: ['audit:read'] }))).toBe('forbidden');
      expect(await codeOf(invite(api, token, { email: user.email.toUpperCase() }))).toBe('email-taken');
      expect((await invite(api, token, { email: 'x@x.test', permissions: ['users:manage'] })).status).toBe(201);
      const member = await api.signIn(await api.createUser(organization));
      expect(await codeOf(invite(api, member.token, { email: 'y@x.test' }))).toBe('forbidden');
    });

    test('of a service account has no link, and a service account is no administrator', async () => {
      const api = current();
      const { token } = await api.administrator();
      const body = { email: 'robot@x.test', accountType: 'service' };
      const { user, passwordLink } = await bodyOf(await invite(api, token, body), Invited);
      expect(passwordLink).toBeUndefined();
      expect(user).toMatchObject({ accountType: 'service', status: 'active' });
      expect(await codeOf(invite(api, token, { ...body, email: 'r2@x.test', role: 'administrator' }))).toBe('invalid');
      expect(await codeOf(reset(api, token, user.userId))).toBe('invalid');
    });
  });

  describe('a change', () => {
    test('of rights holds for running sessions at once', async () => {
      const api = current();
      const { organization, token } = await api.administrator();
      const user = await api.createUser(organization);
      const session = await api.signIn(user);
      const permissionsNow = async () =>
        (await bodyOf(await api.request('/api/Authentication', { token: session.token }), Authentication)).permissions;
      expect(await permissionsNow()).toEqual([]);
      await patch(api, token, user.userId, { permissions: ['audit:read'] });
      expect(await permissionsNow()).toEqual(['audit:read']);
      await patch(api, token, user.userId, { role: 'administrator' });
      expect(await permissionsNow()).toEqual(Permission.options);
      await patch(api, token, user.userId, { role: 'member', permissions: [] });
      expect(await permissionsNow()).toEqual([]);
    });

    test.for([
      [
        'disabling',
        'user-disabled',
        (api: TestApi, token: string, id: string) => patch(api, token, id, { isDisabled: true }),
      ],
      ['removing', 'user-disabled', remove],
      ['a reset', 'credentials-changed', reset],
    ] as const)('by %s ends the user’s sessions as %s', async ([, reason, change]) => {
      const api = current();
      const { organization, token } = await api.administrator();
      const user = await api.createUser(organization);
      const sessions = [await api.signIn(user), await api.signIn(user)];
      const { endedSessions } = await bodyOf(await change(api, token, user.userId), ChangedUser);
      expect(endedSessions).toBe(2);
      for (const session of sessions) {
        const problem = await problemOf(await api.request('/api/Authentication', { token: session.token }));
        expect(problem).toMatchObject({ code: 'session-ended', endReason: reason, endedBy: 'administrator' });
      }
      const credentials = { method: 'password', email: user.email, password, organization: organization.slug };
      expect((await api.postSignIn(credentials)).status).toBe(401);
    });

    test('of nothing is refused, of what is not to be changed too, and a change that changes nothing is safe', async () => {
      const api = current();
      const { organization, token } = await api.administrator();
      const { userId } = await api.createUser(organization);
      for (const body of [
        {},
        { email: 'x@x.test' },
        { role: 'owner' },
        { permissions: ['all'] },
        { isDisabled: 'yes' },
      ]) {
        expect(await codeOf(patch(api, token, userId, body))).toBe('invalid');
      }
      const first = await bodyOf(await patch(api, token, userId, { isDisabled: true }), ChangedUser);
      api.pass(5);
      expect(await bodyOf(await patch(api, token, userId, { isDisabled: true }), ChangedUser)).toEqual(first);
    });

    test('of a user of another organization finds nobody', async () => {
      const api = current();
      const { token } = await api.administrator();
      const stranger = await api.administrator();
      const { userId } = stranger.user;
      for (const answer of [
        patch(api, token, userId, { role: 'member' }),
        remove(api, token, userId),
        reset(api, token, userId),
        api.request(`/api/User/${userId}`, { token }),
      ]) {
        expect(await codeOf(answer)).toBe('not-found');
      }
      expect(await isGood(api, stranger.token)).toBe(true);
    });

    test('of somebody who holds more than the actor is refused, and recorded', async () => {
      const api = current();
      const { organization, token: administrator } = await api.administrator();
      const { token } = await api.signIn(await api.createUser(organization, { permissions: ['users:manage'] }));
      const auditor = await api.createUser(organization, { permissions: ['audit:read'] });
      for (const answer of [
        patch(api, token, auditor.userId, { permissions: [] }),
        remove(api, token, auditor.userId),
        reset(api, token, auditor.userId),
      ]) {
        expect(await codeOf(answer)).toBe('forbidden');
      }
      const { events } = await bodyOf(await api.request('/api/AuditEvents', { token: administrator }), AuditEventList);
      const refused = events.filter(
        ({ outcome, subjectEmail }) => outcome === 'refused' && subjectEmail === auditor.email,
      );
      expect(refused).toHaveLength(3);
    });
  });

  describe('the last administrator', () => {
    test('can be neither removed, disabled, demoted nor reset', async () => {
      const api = current();
      const { organization, user, token } = await api.administrator();
      await invite(api, token, { email: 'invited@x.test', role: 'administrator' });
      const off = await api.createUser(organization, { role: 'administrator' });
      await patch(api, token, off.userId, { isDisabled: true });
      const { userId } = user;
      for (const answer of [
        patch(api, token, userId, { role: 'member' }),
        patch(api, token, userId, { isDisabled: true }),
        remove(api, token, userId),
        reset(api, token, userId),
      ]) {
        expect(await codeOf(answer)).toBe('last-administrator');
      }
      expect(await isGood(api, token)).toBe(true);
      await patch(api, token, off.userId, { isDisabled: false });
      expect((await patch(api, token, userId, { role: 'member' })).status).toBe(200);
    });

    test('is left by two who demote, disable or remove each other at the same time', async () => {
      const api = current();
      for (const change of [
        (token: string, userId: string) => patch(api, token, userId, { role: 'member' }),
        (token: string, userId: string) => patch(api, token, userId, { isDisabled: true }),
        (token: string, userId: string) => remove(api, token, userId),
      ]) {
        const one = await api.administrator();
        const user = await api.createUser(one.organization, { role: 'administrator' });
        const other = { user, ...(await api.signIn(user)) };
        const answers = await Promise.all([change(one.token, other.user.userId), change(other.token, one.user.userId)]);
        expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      }
    });
  });

  describe('one’s own password', () => {
    const change = (api: TestApi, token: string, currentPassword: string, newPassword = chosen) =>
      send(api, 'PUT', '/api/Password', { token, body: { currentPassword, newPassword } });

    test('is changed by whoever knows it, and the other sessions end', async () => {
      const api = current();
      const user = await api.createUser(await api.createOrganization());
      const [own, other] = [await api.signIn(user), await api.signIn(user)];
      const answer = await change(api, own.token, password);
      expect([answer.status, await answer.json()]).toEqual([200, { endedSessions: 1 }]);
      expect([await isGood(api, own.token), await isGood(api, other.token)]).toEqual([true, false]);
      expect(
        (
          await api.postSignIn({
            method: 'password',
            email: user.email,
            password: chosen,
            organization: user.organization.slug,
          })
        ).status,
      ).toBe(201);
    });

    test('is not changed by whoever does not, and guessing it is counted', async () => {
      const api = current();
      const user = await api.createUser(await api.createOrganization());
      const { token } = await api.signIn(user);
      for (let guess = 0; guess < 5; guess += 1) {
        expect(await codeOf(change(api, token, `wrong ${guess}`))).toBe('password-wrong');
      }
      expect(await codeOf(change(api, token, password))).toBe('too-many-attempts');
      api.pass(61);
      expect((await change(api, token, password)).status).toBe(200);
    });

    test('is not changed to one that is guessed first', async () => {
      const api = current();
      const { token } = await api.signIn(await api.createUser(await api.createOrganization()));
      expect((await problemOf(await change(api, token, password, 'qwertyuiop12'))).errors).toMatchObject([
        { field: 'newPassword' },
      ]);
    });
  });
});
