import { AuditEventList } from '@rollcall/core/schema/audit';
import { SignedIn } from '@rollcall/core/schema/authentication';
import { describe, expect, test } from 'vitest';
import { bodyOf, credentialsOf, onEachEngine, problemOf, type TestApi } from '../../test/api.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';

async function auditedEvents(api: TestApi, token: string) {
  return await bodyOf(await api.request('/api/AuditEvents?pageSize=100', { token }), AuditEventList);
}

onEachEngine((current) => {
  describe('on behalf of somebody else’s client', () => {
    const client = { ipAddress: '2001:0db8::0:5', userAgent: firefox };

    test('a caller with sessions:verify is believed', async () => {
      const api = current();
      const organization = await api.createOrganization();
      const caller = await api.signIn(await api.createUser(organization, { permissions: ['sessions:verify'] }));
      const user = await api.createUser(organization);
      const answer = await api.postSignIn({ ...credentialsOf(user), client }, { token: caller.token });
      const { session } = await bodyOf(answer, SignedIn);
      expect(session).toMatchObject({
        ipAddress: '2001:db8::5',
        userAgent: firefox,
        sessionName: 'Firefox on Linux',
      });
    });

    test.each(['nobody', 'a member', 'an administrator of another organization'] as const)(
      '%s is not, and nothing happens',
      async (who) => {
        const api = current();
        const { organization, token } = await api.administrator();
        const member = await api.signIn(await api.createUser(organization));
        const tokens = {
          nobody: undefined,
          'a member': member.token,
          'an administrator of another organization': (await api.administrator()).token,
        };
        const user = await api.createUser(organization);
        const before = await auditedEvents(api, token);
        const init = tokens[who] === undefined ? {} : { token: tokens[who] };
        const answer = await api.postSignIn({ ...credentialsOf(user), client }, init);
        expect((await problemOf(answer)).code).toBe('forbidden');
        const unknown = await api.postSignIn({ ...credentialsOf(user), organization: 'no-such-one', client }, init);
        expect((await problemOf(unknown)).code).toBe('forbidden');
        expect(await auditedEvents(api, token)).toEqual(before);
      },
    );
  });
});
