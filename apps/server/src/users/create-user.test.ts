import { AuditEventList } from '@rollcall/core/schema/audit';
import { Authentication } from '@rollcall/core/schema/authentication';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine } from '../../test/api.ts';
import { createOrganization, SlugTaken } from '../organizations/create-organization.ts';
import { EmailTaken } from './create-user.ts';

onEachEngine((current) => {
  test('a user can sign in, has the permissions that were given, and their creation is audited', async () => {
    const api = current();
    const { organization, token } = await api.administrator();
    const about = { accountType: 'service', permissions: ['sessions:verify'], email: 'Robot@example.com' } as const;
    const user = await api.createUser(organization, about);
    const signedIn = await api.signIn(user);
    const who = await bodyOf(await api.request('/api/Authentication', { token: signedIn.token }), Authentication);
    expect(who).toMatchObject({
      user: { userId: user.userId, email: 'Robot@example.com', accountType: 'service', role: 'member' },
      permissions: ['sessions:verify'],
    });
    const { events } = await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList);
    const created = events.filter(
      ({ action, subjectEmail }) => action === 'user-created' && subjectEmail === user.email,
    );
    expect(created).toMatchObject([{ outcome: 'success', at: api.now }]);
  });

  test('an e-mail is taken in whatever case, within the organization', async () => {
    const api = current();
    const organization = await api.createOrganization();
    await api.createUser(organization, { email: 'ada@example.com' });
    await expect(api.createUser(organization, { email: 'ADA@Example.com' })).rejects.toThrow(EmailTaken);
    const elsewhere = await api.createUser(await api.createOrganization(), { email: 'ada@example.com' });
    expect(elsewhere.email).toBe('ada@example.com');
  });

  test('a slug is taken once', async () => {
    const api = current();
    const { slug } = await api.createOrganization();
    const again = { organizationId: '01a207c8-f078-7404-83dc-e75fd24bfbbd', slug, name: 'Another', at: api.now };
    await expect(createOrganization(api.database, again)).rejects.toThrow(SlugTaken);
  });
});
