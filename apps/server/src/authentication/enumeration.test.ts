/** Whoever fails to sign in learns nothing of who is a user: not by text, nor by status, headers or the work that was done. */

import { Invited, PasswordReset } from '@rollcall/core/schema/authentication';
import type { Organization } from '@rollcall/core/schema/organization';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, password, problemOf, type TestApi } from '../../test/api.ts';

interface Guess {
  readonly email: string;
  readonly password?: string;
  readonly organization?: string;
}

/** An organization with an account of every kind that cannot sign in with the password that is tried. */
async function accounts(api: TestApi): Promise<{ organization: Organization; guesses: Record<string, Guess> }> {
  const { organization, token } = await api.administrator();
  const send = (method: string, path: string, body?: object) =>
    api.request(path, { method, token, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const person = async () => await api.createUser(organization);
  const [known, disabled, reset, removed, taken] = await Promise.all([1, 2, 3, 4, 5].map(person));
  if (!known || !disabled || !reset || !removed || !taken) throw new Error('five were made');
  await send('PATCH', `/api/User/${disabled.userId}`, { isDisabled: true });
  await bodyOf(await send('POST', `/api/UserPasswordReset/${reset.userId}`), PasswordReset);
  await send('DELETE', `/api/User/${removed.userId}`);
  const { user: invited } = await bodyOf(await send('POST', '/api/Users', { email: 'invited@example.com' }), Invited);
  const service = { email: 'program@example.com', accountType: 'service' };
  const { user: program } = await bodyOf(await send('POST', '/api/Users', service), Invited);
  const { email: elsewhere } = await api.createUser(await api.createOrganization());
  return {
    organization,
    guesses: {
      'a wrong password': { email: known.email, password: 'wrong' },
      'nobody’s e-mail': { email: 'nobody@example.com' },
      'a user of another organization': { email: elsewhere },
      'an organization that nobody has': { email: known.email, organization: 'no-such-organization' },
      'a disabled user, the right password': { email: disabled.email },
      'a disabled user, a wrong password': { email: disabled.email, password: 'wrong' },
      'somebody invited': { email: invited.email },
      'somebody whose password was reset': { email: reset.email },
      'somebody removed': { email: removed.email },
      'a service account': { email: program.email },
    },
  };
}

onEachEngine((current) => {
  test('whatever is wrong, the answer and the work are the same', async () => {
    const api = current();
    const { organization, guesses } = await accounts(api);
    const told: Record<string, unknown> = {};
    for (const [name, guess] of Object.entries(guesses)) {
      const before = api.derivations;
      const answer = await api.postSignIn({
        method: 'password',
        password,
        organization: organization.slug,
        ...guess,
      });
      const { traceId: _, ...problem } = await problemOf(answer);
      // Hashing takes a thousand times as long as all the rest: where as many are made, nothing can be told by time.
      told[name] = { problem, headers: [...answer.headers], hashes: api.derivations - before };
    }
    const same = {
      problem: expect.objectContaining({ code: 'sign-in-failed', status: 401 }),
      headers: expect.arrayContaining([['www-authenticate', 'Bearer']]),
      hashes: 1,
    };
    expect(told['a wrong password']).toEqual(same);
    for (const [name, one] of Object.entries(told)) expect(one, name).toEqual(told['a wrong password']);
  });

  test('being refused for too many failures tells as little', async () => {
    const api = current();
    const { organization, guesses } = await accounts(api);
    for (const [index, [name, guess]] of Object.entries(guesses).entries()) {
      const client = { peerAddress: `198.51.100.${index + 1}` };
      const body = { method: 'password', password, organization: organization.slug, ...guess };
      const outcomes = [];
      const before = api.derivations;
      for (let count = 0; count < 7; count += 1) {
        const answer = await api.postSignIn(body, { client });
        outcomes.push(`${(await problemOf(answer)).code} ${answer.headers.get('retry-after')}`);
      }
      const [failed, blocked] = ['sign-in-failed null', 'too-many-attempts 60'];
      expect(outcomes, name).toEqual([failed, failed, failed, failed, failed, blocked, blocked]);
      expect(api.derivations - before, name).toBe(5);
    }
  });

  test('whoever has no right to look at users is told the same of those that are there and those that are not', async () => {
    const api = current();
    const organization = await api.createOrganization();
    const [member, other] = [await api.createUser(organization), await api.createUser(organization)];
    const stranger = await api.createUser(await api.createOrganization());
    const [{ token }, { session }] = [await api.signIn(member), await api.signIn(other)];
    const tellOf = async (path: string, id: string) => {
      const {
        traceId: _,
        detail,
        ...problem
      } = await problemOf(await api.request(path.replace('{id}', id), { token }));
      return { ...problem, detail: detail.replace(id, '{id}') };
    };
    const nobody = crypto.randomUUID();
    const user = '/api/User/{id}';
    expect(await tellOf(user, other.userId)).toEqual(await tellOf(user, nobody));
    expect(await tellOf(user, stranger.userId)).toEqual(await tellOf(user, nobody));
    for (const path of ['/api/UserRequest/{id}', '/api/UserRequest/{id}/Rotations']) {
      expect(await tellOf(path, session.requestId)).toEqual(await tellOf(path, nobody));
    }
  });
});
