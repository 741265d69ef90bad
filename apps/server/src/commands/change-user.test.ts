import { randomBytes } from 'node:crypto';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { SignedIn } from '@rollcall/core/schema/authentication';
import { SessionAnswer } from '@rollcall/core/schema/session';
import { expect, test } from 'vitest';
import {
  bodyOf,
  credentialsOf,
  onEachEngine,
  password,
  problemOf,
  type TestApi,
  type TestUser,
  timeouts,
} from '../../test/api.ts';
import { announceHere } from '../registry/announcements.ts';
import { changePassword, disableUser, enableUser, removeUser } from './change-user.ts';
import type { Command } from './command.ts';

/** What it printed. */
async function run(
  api: TestApi,
  command: Command,
  user: TestUser,
  { input = '', ...values }: { input?: string; 'password-stdin'?: boolean } = {},
): Promise<string[]> {
  const lines: string[] = [];
  const { database, registry, passwords } = api;
  const named = { email: user.email.toUpperCase(), organization: user.organization.slug };
  const exitCode = await command.prepare({ ...named, ...values }).run({
    ...{ database, passwords, timeouts, input },
    announcements: announceHere({ database, registry, monotonic: () => 0 }),
    clock: () => api.now,
    random: randomBytes,
    print: (line) => void lines.push(line),
  });
  expect(exitCode).toBe(0);
  return lines;
}

const check = (api: TestApi, token: string) => api.request('/api/Authentication', { token });

onEachEngine((current) => {
  test('another password ends the sessions that the former one began', async () => {
    const api = current();
    const organization = await api.createOrganization();
    const user = await api.createUser(organization);
    const [one, other] = [await api.signIn(user), await api.signIn(user)];
    expect((await check(api, one.token)).status).toBe(200);
    const lines = await run(api, changePassword, user, { 'password-stdin': true, input: 'another good password\n' });
    expect(lines).toEqual([expect.stringMatching(/^Changed the password of .*; 2 sessions ended\.$/)]);
    for (const { token } of [one, other]) {
      expect(await problemOf(await check(api, token))).toMatchObject({
        endReason: 'credentials-changed',
        endedBy: 'service',
      });
    }
    expect((await api.postSignIn(credentialsOf(user))).status).toBe(401);
    expect((await api.postSignIn({ ...credentialsOf(user), password: 'another good password' })).status).toBe(201);
  });

  test('a password that was not given is generated and printed once', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const [, printed = ''] = await run(api, changePassword, user);
    const [, generated] = /^Password: (\S+)$/.exec(printed) ?? [];
    expect((await api.postSignIn({ ...credentialsOf(user), password: generated })).status).toBe(201);
  });

  test('a disabled user is signed out and cannot sign in until they are enabled', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const { token } = await api.signIn(user);
    await check(api, token);
    expect(await run(api, disableUser, user)).toEqual([expect.stringMatching(/; 1 session ended\.$/)]);
    expect(await problemOf(await check(api, token))).toMatchObject({ endReason: 'user-disabled' });
    expect((await problemOf(await api.postSignIn(credentialsOf(user)))).code).toBe('sign-in-failed');
    await run(api, enableUser, user);
    expect((await api.postSignIn(credentialsOf(user))).status).toBe(201);
    expect((await check(api, token)).status).toBe(401);
  });

  test('with a removed user go the views that nobody else could see, and no others', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    const user = await api.createUser(organization, { role: 'administrator' });
    const { token: theirs } = await api.signIn(user);
    const headers = { 'content-type': 'application/json' };
    for (const isShared of [false, true]) {
      const body = JSON.stringify({ name: 'Night', isShared });
      expect((await api.request('/api/SavedViews', { method: 'POST', token: theirs, headers, body })).status).toBe(201);
    }
    await run(api, removeUser, user);
    const { organizationId } = organization;
    const left = await api.database.inOrganization(organizationId, (tx) =>
      tx.selectFrom('saved_views').select('user_id').execute(),
    );
    expect(left).toEqual([{ user_id: null }]);
    expect((await check(api, token)).status).toBe(200);
  });

  test('a removed user is gone, what they did stays, and their e-mail is free', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    const user = await api.createUser(organization, { email: 'leaving@example.com' });
    const { session } = await api.signIn(user);
    await run(api, removeUser, user);
    expect((await problemOf(await api.postSignIn(credentialsOf(user)))).code).toBe('sign-in-failed');
    const kept = await bodyOf(await api.request(`/api/UserRequest/${session.requestId}`, { token }), SessionAnswer);
    expect(kept.session).toMatchObject({ userEmail: 'leaving@example.com', endReason: 'user-disabled' });
    const successor = await api.createUser(organization, { email: 'leaving@example.com' });
    expect((await api.signIn(successor)).session.userId).toBe(successor.userId);
    const { events } = await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList);
    expect(events.map(({ action }) => action)).toEqual(expect.arrayContaining(['user-removed', 'session-ended']));
  });

  test('whom nobody knows cannot be changed', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const stranger = { ...user, email: 'nobody@example.com' };
    for (const command of [changePassword, disableUser, enableUser, removeUser]) {
      await expect(run(api, command, stranger)).rejects.toThrow('has no user with the e-mail');
    }
    expect((await api.postSignIn({ ...credentialsOf(user), password })).status).toBe(201);
  });

  test('a sign-in that is under way does not outlive the user it was for', async () => {
    const api = current();
    const user = await api.createUser(await api.createOrganization());
    const signingIn = Array.from({ length: 5 }, () => api.postSignIn(credentialsOf(user)));
    await run(api, disableUser, user);
    for (const answer of await Promise.all(signingIn)) {
      if (answer.status !== 201) continue;
      const { token } = SignedIn.required().parse(await answer.json());
      expect((await check(api, token)).status).toBe(401);
    }
  });
});
