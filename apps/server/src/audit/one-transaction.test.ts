import { randomUUID } from 'node:crypto';
import { SessionList } from '@rollcall/core/schema/session-list';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, password, TestApi } from '../../test/api.ts';

/** An API whose next audit events cannot be written: their id is taken, for chance and time stand still. */
async function apiThatCannotAudit(api: TestApi, token: string): Promise<TestApi> {
  const broken = new TestApi(api.database, { random: (bytes) => new Uint8Array(bytes), clock: () => api.now });
  const refused = await broken.request(`/api/UserRequest/${randomUUID()}`, { method: 'DELETE', token });
  expect(refused.status).toBe(404);
  return broken;
}

onEachEngine((current) => {
  test('what cannot be audited does not happen', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    const user = await api.createUser(organization);
    const member = await api.signIn(user);
    const broken = await apiThatCannotAudit(api, token);
    const credentials = { method: 'password', email: user.email, organization: organization.slug };

    const answers = [
      await broken.request(`/api/UserRequest/${member.session.requestId}`, { method: 'DELETE', token }),
      await broken.request('/api/Authentication', { method: 'DELETE', token: member.token }),
      await broken.postSignIn({ ...credentials, password }),
      await broken.postSignIn({ ...credentials, password: 'wrong' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500, 500]);

    const list = await bodyOf(await api.request('/api/UserRequests?status=active', { token }), SessionList);
    expect(list.total).toBe(2);
    expect((await api.request('/api/Authentication', { token: member.token })).status).toBe(200);
    const failures = await api.database.inOrganization(organization.organizationId, (tx) =>
      tx.selectFrom('sign_in_failures').selectAll().execute(),
    );
    expect(failures).toEqual([]);
  });

  test('a user that cannot be audited is not created', async () => {
    const api = current();
    const organization = await api.createOrganization();
    const eventId = randomUUID();
    await api.createUser(organization, { eventId });
    await expect(api.createUser(organization, { eventId, email: 'second@example.com' })).rejects.toThrow();
    const users = await api.database.inOrganization(organization.organizationId, (tx) =>
      tx.selectFrom('users').select('email').execute(),
    );
    expect(users).toHaveLength(1);
  });
});
