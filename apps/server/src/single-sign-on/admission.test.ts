/** Who comes in through a provider, as whom and as what. */
import { AuditEventList } from '@rollcall/core/schema/audit';
import { Authentication, Invited } from '@rollcall/core/schema/authentication';
import { UserAnswer } from '@rollcall/core/schema/user';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bodyOf, onEachEngine, type TestApi } from '../../test/api.ts';
import { Browser, choose, errorOf, locationOf, withProvider } from '../../test/signing-on.ts';
import { TestProvider } from '../../test/test-provider.ts';

let provider: TestProvider;
beforeAll(async () => {
  provider = await TestProvider.start();
});
beforeEach(() => provider.behave());
afterAll(() => provider[Symbol.asyncDispose]());

const json = { 'content-type': 'application/json' };

function send(api: TestApi, method: string, path: string, token: string, body?: object): Promise<Response> {
  return api.request(path, { method, token, headers: json, ...(body && { body: JSON.stringify(body) }) });
}

async function invited(api: TestApi, token: string, email: string, rights: object = {}) {
  return (await bodyOf(await send(api, 'POST', '/api/Users', token, { email, ...rights }), Invited)).user;
}

onEachEngine(
  (current) => {
    /** Who somebody is after coming in; or the error. */
    async function arrive(api: TestApi, organization: Parameters<Browser['signOn']>[1]) {
      const browser = new Browser(api);
      const error = errorOf(await browser.signOn(provider, organization));
      if (error !== null) return { error };
      return (await bodyOf(await api.request('/api/Authentication', { token: browser.token ?? '' }), Authentication))
        .user;
    }

    describe('at first', () => {
      test.each([
        ['unverified', { email_verified: false }],
        ['of which nothing is said', { email_verified: undefined }],
        ['verified by a text', { email_verified: 'true' }],
        ['that is none', { email: 'ada' }],
        ['left out', { email: undefined }],
      ])('an e-mail %s is no e-mail', async (_, claims) => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        provider.claims = claims;
        expect(await arrive(api, organization)).toEqual({ error: 'email-not-verified' });
      });

      test('an e-mail of the token is not verified by what userinfo says of another', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        provider.claims = { email: 'victim@example.com', email_verified: undefined };
        provider.userinfo = { email: 'eve@example.com', email_verified: true };
        expect(await arrive(api, organization)).toMatchObject({ email: 'eve@example.com' });
        provider.claims = { sub: 'ada', email: 'victim@example.com', email_verified: undefined };
        provider.userinfo = { email_verified: true };
        const { organization: other } = await withProvider(api, provider);
        expect(await arrive(api, other)).toEqual({ error: 'email-not-verified' });
      });

      test('somebody of another domain joins by invitation alone, and is active from then on', async () => {
        const api = current();
        const { organization, token } = await withProvider(api, provider, { emailDomains: ['example.org'] });
        for (const email of ['ada@example.com', 'ada@sub.example.org', 'ada@notexample.org']) {
          provider.claims = { email };
          expect(await arrive(api, organization)).toEqual({ error: 'not-invited' });
        }
        const { userId } = await invited(api, token, 'ada@example.com', { permissions: ['audit:read'] });
        provider.claims = { email: 'ADA@example.com' };
        expect(await arrive(api, organization)).toMatchObject({ userId, email: 'ada@example.com' });
        const { user } = await bodyOf(await api.request(`/api/User/${userId}`, { token }), UserAnswer);
        expect(user).toMatchObject({ status: 'active', permissions: ['audit:read'] });
      });

      test('a domain may be written in any case', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider, { emailDomains: ['Example.COM'] });
        provider.claims = { email: 'Ada@EXAMPLE.com' };
        expect(await arrive(api, organization)).toMatchObject({ email: 'Ada@EXAMPLE.com' });
      });

      test('no service account is somebody', async () => {
        const api = current();
        const { organization, token } = await withProvider(api, provider);
        await invited(api, token, 'ada@example.com', { accountType: 'service' });
        expect(await arrive(api, organization)).toEqual({ error: 'not-invited' });
      });

      test('of many at once with one account, all come in as one user', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const arrived = await Promise.all(Array.from({ length: 5 }, () => arrive(api, organization)));
        expect(new Set(arrived.map((user) => ('userId' in user ? user.userId : user.error))).size).toBe(1);
      });

      test.each([
        ['who join', false],
        ['who were invited', true],
      ])('of two accounts with one e-mail at once, one comes in: people %s', async (_, areInvited) => {
        const api = current();
        const { organization, token } = await withProvider(api, provider);
        const people = Array.from({ length: 6 }, (_unused, number) => `person-${number}@example.com`);
        if (areInvited) for (const email of people) await invited(api, token, email);
        // each e-mail twice, under two subjects
        const arrivals = people.flatMap((email) => [1, 2].map((account) => ({ email, sub: `${email}-${account}` })));
        const browsers = arrivals.map(() => new Browser(api));
        const backs: URL[] = [];
        for (const browser of browsers) backs.push(provider.authorize(await browser.leave(organization)));
        const left = [...arrivals];
        provider.sign = (claims) => provider.signed({ ...claims, ...left.pop() });
        const answers = await Promise.all(browsers.map((browser, place) => browser.go(backs[place] ?? '')));
        const errors = answers.map((answer) => errorOf(locationOf(answer)));
        expect(errors.filter((error) => error === null)).toHaveLength(people.length);
        expect(errors.filter((error) => error === 'other-account')).toHaveLength(people.length);
      });
    });

    describe('from then on', () => {
      test('the account decides: its e-mail may become another, or unverified', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        const first = await arrive(api, organization);
        provider.claims = { email: 'ada.king@example.com', email_verified: false };
        expect(await arrive(api, organization)).toEqual(first);
      });

      test('an e-mail that the provider gives to somebody else takes nothing over', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider);
        await arrive(api, organization);
        provider.claims = { sub: 'eve' };
        expect(await arrive(api, organization)).toEqual({ error: 'other-account' });
      });

      test('nobody comes in who is disabled, and whoever is enabled again does', async () => {
        const api = current();
        const { organization, token } = await withProvider(api, provider);
        const user = await arrive(api, organization);
        const change = (isDisabled: boolean) =>
          send(api, 'PATCH', `/api/User/${'userId' in user ? user.userId : ''}`, token, { isDisabled });
        await change(true);
        expect(await arrive(api, organization)).toEqual({ error: 'disabled' });
        await change(false);
        expect(await arrive(api, organization)).toEqual(user);
      });

      test('whoever was removed comes back by invitation alone, as somebody new', async () => {
        const api = current();
        const { organization, token } = await withProvider(api, provider);
        const user = await arrive(api, organization);
        await send(api, 'DELETE', `/api/User/${'userId' in user ? user.userId : ''}`, token);
        expect(await arrive(api, organization)).toEqual({ error: 'disabled' });
        const { userId } = await invited(api, token, 'ada@example.com');
        expect(await arrive(api, organization)).toMatchObject({ userId });
        expect(await arrive(api, organization)).toMatchObject({ userId });
      });

      test('it is nobody in another organization', async () => {
        const api = current();
        const [ours, theirs] = [
          await withProvider(api, provider),
          await withProvider(api, provider, { emailDomains: [] }),
        ];
        await arrive(api, ours.organization);
        expect(await arrive(api, theirs.organization)).toEqual({ error: 'not-invited' });
      });
    });

    describe('a group', () => {
      const groups = { groupClaim: 'groups', administratorGroups: ['admins'] };

      test.each([
        [['engineers', 'admins'], 'administrator'],
        ['admins', 'administrator'],
        [['engineers'], 'member'],
        [['ADMINS'], 'member'],
        [{ admins: true }, 'member'],
        [undefined, 'member'],
      ])('claim of %j means: %s', async (told, role) => {
        const api = current();
        const { organization } = await withProvider(api, provider, groups);
        provider.claims = { groups: told };
        expect(await arrive(api, organization)).toMatchObject({ role });
      });

      test('in what the provider tells beside the token counts as well', async () => {
        const api = current();
        const { organization } = await withProvider(api, provider, groups);
        provider.userinfo = { groups: ['admins'] };
        expect(await arrive(api, organization)).toMatchObject({ role: 'administrator' });
      });

      test('that somebody has left takes the role from running sessions as well, and it is recorded', async () => {
        const api = current();
        const { organization, token } = await withProvider(api, provider, groups);
        provider.claims = { groups: ['admins'] };
        const browser = new Browser(api);
        await browser.signOn(provider, organization);
        const sees = async () => (await api.request('/api/Users', { token: browser.token ?? '' })).status;
        expect(await sees()).toBe(200);
        provider.claims = { groups: [] };
        expect(await arrive(api, organization)).toMatchObject({ role: 'member' });
        expect(await sees()).toBe(403);
        const { events } = await bodyOf(await api.request('/api/AuditEvents?pageSize=100', { token }), AuditEventList);
        const changes = events
          .filter(({ action }) => action === 'user-changed')
          .map(({ details }) => details?.['role']);
        expect(changes.toSorted()).toEqual(['administrator', 'member']);
      });

      test('never takes the last administrator from an organization, and two who leave at once leave one', async () => {
        const api = current();
        const { organization, user } = await withProvider(api, provider, groups);
        provider.claims = { email: user.email, groups: [] };
        expect(await arrive(api, organization)).toMatchObject({ userId: user.userId, role: 'administrator' });
        const other = await api.createUser(organization, { role: 'administrator' });
        const [one, two] = [new Browser(api), new Browser(api)];
        const [there, thereToo] = [await one.leave(organization), await two.leave(organization)];
        const emails = [user.email, other.email];
        provider.sign = (claims) => {
          const email = emails.pop();
          return provider.signed({ ...claims, email, sub: email === user.email ? 'ada' : 'other', groups: [] });
        };
        await Promise.all([one.go(provider.authorize(there)), two.go(provider.authorize(thereToo))]);
        const roles = await Promise.all(
          [one, two].map(async (browser) => {
            const answer = await api.request('/api/Authentication', { token: browser.token ?? '' });
            return (await bodyOf(answer, Authentication)).user.role;
          }),
        );
        expect(roles.toSorted()).toEqual(['administrator', 'member']);
      });

      test('says nothing where none is mapped: roles given by hand stay', async () => {
        const api = current();
        const { organization, user } = await withProvider(api, provider, { groupClaim: 'groups' });
        provider.claims = { email: user.email, groups: [] };
        expect(await arrive(api, organization)).toMatchObject({ role: 'administrator' });
      });
    });

    describe('a provider that was chosen by somebody who may do little', () => {
      async function chosenByMember(api: TestApi) {
        const administrator = await api.administrator();
        const { organization } = administrator;
        const member = await api.createUser(organization, { permissions: ['integrations:manage'] });
        const { token } = await api.signIn(member);
        return { ...administrator, member: token };
      }

      test('lets in nobody who may do more, and binds them to nothing', async () => {
        const api = current();
        const { organization, user, token, member } = await chosenByMember(api);
        expect((await choose(api, member, { issuer: provider.issuer })).status).toBe(200);
        expect(await arrive(api, organization)).toMatchObject({ role: 'member' });
        provider.claims = { sub: 'evil', email: user.email };
        expect(await arrive(api, organization)).toEqual({ error: 'beyond-provider' });
        const auditor = await invited(api, token, 'auditor@example.com', { permissions: ['audit:read'] });
        provider.claims = { sub: 'evil', email: auditor.email };
        expect(await arrive(api, organization)).toEqual({ error: 'beyond-provider' });
        // once an administrator stands behind it, the account is free for whom it belongs to
        await choose(api, token, { issuer: provider.issuer, clientId: 'another' });
        await choose(api, token, { issuer: provider.issuer });
        provider.claims = { sub: 'evil', email: user.email };
        expect(await arrive(api, organization)).toMatchObject({ userId: user.userId });
      });

      test('makes no administrators, and one that does cannot be exchanged by them', async () => {
        const api = current();
        const { member, token } = await chosenByMember(api);
        const groups = { groupClaim: 'groups', administratorGroups: ['admins'] };
        expect((await choose(api, member, { issuer: provider.issuer, ...groups })).status).toBe(403);
        expect((await choose(api, token, { issuer: provider.issuer, ...groups })).status).toBe(200);
        expect((await choose(api, member, { issuer: provider.issuer, ...groups, clientId: 'theirs' })).status).toBe(
          403,
        );
        expect((await choose(api, member, { issuer: provider.issuer, ...groups, isEnabled: false })).status).toBe(200);
      });
    });
  },
  { fetch: (...request) => globalThis.fetch(...request) },
);
