import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestApi } from '../../test/api.ts';
import { ENGINES } from '../../test/engines.ts';
import { openTestDatabase, type TestDatabase } from '../../test/test-database.ts';
import { CommandFailed } from '../commands/command.ts';
import { findOnlyOrganization } from '../organizations/read-organization.ts';
import { ensureFirstAdministrator } from './first-administrator.ts';

const email = 'first@example.com';

describe.each(ENGINES)('%s', (engine) => {
  let opened: TestDatabase;
  let api: TestApi;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
    api = new TestApi(opened.database);
  });
  afterEach(() => opened.destroy());

  const ensure = (password?: string) =>
    ensureFirstAdministrator({
      database: api.database,
      passwords: api.passwords,
      clock: () => api.now,
      random: randomBytes,
      email,
      password,
    });

  test('a new database gets an organization, and an administrator with a password nobody chose', async () => {
    const { generatedPassword = '' } = await ensure();
    expect(generatedPassword).toMatch(/^(?:[2-9a-km-np-z]{4}-){3}[2-9a-km-np-z]{4}$/);
    const answer = await api.postSignIn({ method: 'password', email, password: generatedPassword });
    expect(answer.status).toBe(201);
    expect(await findOnlyOrganization(api.database)).toMatchObject({ slug: 'default' });
  });

  test('a configured password is taken, and not told again', async () => {
    expect(await ensure('a password of my own')).toEqual({ email });
    const answer = await api.postSignIn({ method: 'password', email, password: 'a password of my own' });
    expect(answer.status).toBe(201);
  });

  test('a configured password that is guessed first is refused by its variable’s name, and nobody is made', async () => {
    await expect(ensure('password1234')).rejects.toThrow(
      /^ROLLCALL_ADMIN_PASSWORD is one of the most common passwords/,
    );
    expect((await ensure()).generatedPassword).toBeDefined();
  });

  test('the second time there is one', async () => {
    const { generatedPassword } = await ensure();
    expect(generatedPassword).toBeDefined();
    expect(await ensure('another password')).toEqual({ email });
    const answer = await api.postSignIn({ method: 'password', email, password: 'another password' });
    expect(answer.status).toBe(401);
  });

  test('nodes that start at the same time agree on one', async () => {
    const answers = await Promise.all([ensure(), ensure(), ensure()]);
    expect(answers.filter(({ generatedPassword }) => generatedPassword !== undefined)).toHaveLength(1);
    expect(await findOnlyOrganization(api.database)).toBeDefined();
  });

  test('an organization that came without one gets one; an administrator who cannot sign in is none', async () => {
    const organization = await api.createOrganization();
    const { organizationId } = organization;
    await api.database.inOrganization(organizationId, (tx) =>
      tx
        .insertInto('users')
        .values({
          organization_id: organizationId,
          user_id: organizationId,
          email: 'demo@example.com',
          email_folded: 'demo@example.com',
          account_type: 'person',
          role: 'administrator',
          created_at: api.now,
        })
        .execute(),
    );
    const { generatedPassword } = await ensure();
    const body = { method: 'password', email, password: generatedPassword, organization: organization.slug };
    expect((await api.postSignIn(body)).status).toBe(201);
  });

  test('somebody else with that e-mail is told, in one line', async () => {
    await api.createUser(await api.createOrganization(), { email });
    await expect(ensure()).rejects.toThrow(CommandFailed);
    await expect(ensure()).rejects.toThrow(`${email} is no administrator`);
  });
});
