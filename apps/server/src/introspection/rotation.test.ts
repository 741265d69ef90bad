import { toInstant } from '@rollcall/core/instant';
import { Introspection } from '@rollcall/core/schema/introspection';
import { Rotations } from '@rollcall/core/schema/rotation';
import { parseToken } from '@rollcall/core/token';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, problemOf, TestApi } from '../../test/api.ts';
import { ageTokens, applicationAndUser, introspected, phone, post } from '../../test/application.ts';

onEachEngine((current) => {
  /** On the database's clock, by which ages are judged; `pass` makes the user's and the application's token as much older. */
  async function signedIn() {
    const api = new TestApi(current().database, { clock: () => toInstant(Date.now()) });
    const { application, organization, ...user } = await applicationAndUser(api);
    const pass = (seconds: number) => ageTokens(api, organization.organizationId, seconds);
    const ask = (token: string, client = phone) => introspected(api, application, { token, client });
    return { api, application, ...user, pass, ask };
  }

  function nextOf(answer: Introspection): string {
    if (!answer.active) throw new Error(`the token is not good: ${answer.code}`);
    return answer.nextToken ?? 'none';
  }

  test('a due token is handed on in the answer, the application’s own in the header', async () => {
    const { api, application, token, session, pass } = await signedIn();
    expect(await introspected(api, application, { token })).not.toHaveProperty('nextToken');
    await pass(303);
    const answer = await post(api, '/api/Introspection', application, { token });
    const own = parseToken(answer.headers.get('rollcall-next-token') ?? '');
    expect(own).toMatchObject({ requestId: application.session.requestId, number: 2 });
    const handedOn = parseToken(nextOf(await bodyOf(answer, Introspection)));
    expect(handedOn).toMatchObject({ requestId: session.requestId, number: 2 });
  });

  test('all who ask at once are handed the same, and it becomes the current one when it is asked about', async () => {
    const { ask, token, pass } = await signedIn();
    await pass(303);
    const handed = new Set((await Promise.all(Array.from({ length: 10 }, () => ask(token)))).map(nextOf));
    expect(handed.size).toBe(1);
    const [next = ''] = handed;
    expect(nextOf(await ask(next))).toBe('none');
    expect(nextOf(await ask(token))).toBe(next);
  });

  test('an outdated token ends its session, with the address that the application saw on record', async () => {
    const { api, ask, token, pass } = await signedIn();
    await pass(303);
    const next = nextOf(await ask(token));
    await ask(next);
    await pass(31);
    const reuse = { active: false, code: 'session-ended', endReason: 'token-reuse', endedBy: 'service' };
    expect(await ask(token, { ipAddress: '198.51.100.9', userAgent: 'thief/1.0' })).toEqual(reuse);
    expect(await ask(next)).toEqual(reuse);
    expect((await problemOf(await api.request('/api/Authentication', { token: next }))).endReason).toBe('token-reuse');
  });

  test('what was odd is kept with the address that the application saw, or the newest that is known', async () => {
    const { api, application, ask, token, session, pass } = await signedIn();
    await pass(303);
    const next = nextOf(await ask(token));
    await ask(next);
    await ask(token, { ipAddress: '198.51.100.9', userAgent: 'laptop/1.0' });
    await introspected(api, application, { token });
    const path = `/api/UserRequest/${session.requestId}/Rotations`;
    const { rotations } = await bodyOf(await api.request(path, { token: next }), Rotations);
    expect(rotations).toMatchObject([
      { verdict: 'race', ipAddress: '198.51.100.9', userAgent: 'laptop/1.0' },
      { verdict: 'confirmed', ipAddress: '2001:db8::5', userAgent: 'phone/1.0' },
    ]);
  });
});
