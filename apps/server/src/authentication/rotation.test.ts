import { toInstant } from '@rollcall/core/instant';
import { AuditEventList } from '@rollcall/core/schema/audit';
import { SignedIn } from '@rollcall/core/schema/authentication';
import { Rotations } from '@rollcall/core/schema/rotation';
import { SessionAnswer } from '@rollcall/core/schema/session';
import { parseToken } from '@rollcall/core/token';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { bodyOf, onEachEngine, problemOf, rotation, type SignedInUser, TestApi } from '../../test/api.ts';
import type { Dependencies } from '../context.ts';
import { tokensUnder } from '../tokens/tokens.ts';

const whoAmI = '/api/Authentication';
const elsewhere = { client: { peerAddress: '198.51.100.9', userAgent: 'thief/1.0' } };

/** Ages are judged by the database's clock; the node's has to agree with it. */
function onTheDatabasesClock(api: TestApi, overrides: Partial<Dependencies> = {}): TestApi {
  return new TestApi(api.database, { clock: () => toInstant(Date.now()), ...overrides });
}

/** As if so much time had passed since the session's token was confirmed. */
async function age(api: TestApi, { session }: SignedInUser, organizationId: string, seconds: number): Promise<void> {
  await api.database.asMaintenance('doctor', (tx) =>
    sql`update sessions set token_confirmed_at = token_confirmed_at - ${seconds} * interval '1 second'
      where request_id = ${session.requestId}`.execute(tx),
  );
  api.registry.forget(organizationId, session.requestId);
}

onEachEngine((current) => {
  async function signedIn(overrides: Partial<Dependencies> = {}) {
    const api = onTheDatabasesClock(current(), overrides);
    const { organization, ...administrator } = await api.administrator();
    const pass = (seconds: number) => age(api, administrator, organization.organizationId, seconds);
    const present = (token: string, init = {}) => api.request(whoAmI, { token, ...init });
    const events = async () => {
      const { token } = await api.signIn(administrator.user);
      return (await bodyOf(await api.request('/api/AuditEvents', { token }), AuditEventList)).events;
    };
    return { api, organization, ...administrator, pass, present, events };
  }

  async function nextOf(answer: Response): Promise<string> {
    expect(answer.status).toBe(200);
    return answer.headers.get('rollcall-next-token') ?? 'none';
  }

  test('a young token is followed by none', async () => {
    // a minute, for whoever runs this on a busy machine
    const { token, present, pass } = await signedIn({ rotation: { ...rotation, skewMs: 60_000 } });
    expect(await nextOf(await present(token))).toBe('none');
    await pass(301);
    expect(await nextOf(await present(token))).toBe('none');
  });

  test('the details of a session say which token is its current one', async () => {
    const { token, session, present, pass, api } = await signedIn();
    const generation = async (presented: string) => {
      const answer = await api.request(`/api/UserRequest/${session.requestId}`, { token: presented });
      return (await bodyOf(answer, SessionAnswer)).tokenGeneration;
    };
    expect(await generation(token)).toBe(1);
    await pass(303);
    expect(await generation(await nextOf(await present(token)))).toBe(2);
  });

  test('an old token is handed the next one, the same to everybody, from the database and from memory', async () => {
    const { token, present, pass } = await signedIn();
    await pass(303);
    const answers = await Promise.all(Array.from({ length: 10 }, () => present(token)));
    const handed = new Set(await Promise.all([...answers, await present(token)].map(nextOf)));
    expect(handed.size).toBe(1);
    expect(parseToken([...handed][0] ?? '')?.number).toBe(2);
  });

  test('a failure hands it out too', async () => {
    const { api, token, pass } = await signedIn();
    await pass(303);
    const answer = await api.request('/api/UserRequests?page=0', { token });
    expect(answer.status).toBe(400);
    expect(parseToken(answer.headers.get('rollcall-next-token') ?? '')?.number).toBe(2);
  });

  test('the next token becomes the current one when it is used, and the one before it lives for the grace', async () => {
    const { token, present, pass } = await signedIn();
    await pass(303);
    const next = await nextOf(await present(token));
    const used = await Promise.all(Array.from({ length: 10 }, () => present(next)));
    expect(used.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await nextOf(await present(token))).toBe(next);
    await pass(29);
    expect(await nextOf(await present(token))).toBe(next);
    expect(await nextOf(await present(next))).toBe('none');
  });

  test('the second token after the current one was never handed out', async () => {
    const { api, token, organization, session, present, pass, events } = await signedIn();
    const { organizationId } = organization;
    const row = await api.database.readSessionByKey(organizationId, session.requestId);
    const { make } = tokensUnder(['a secret of at least thirty-two characters']);
    const leaked = make(
      { organizationId, requestId: session.requestId, number: 3 },
      Buffer.from(row?.token_salt ?? '', 'base64'),
    );
    await pass(303);
    expect((await problemOf(await present(leaked))).code).toBe('unauthenticated');
    expect((await present(token)).status).toBe(200);
    expect((await events()).find(({ action }) => action === 'token-forged')).toMatchObject({
      outcome: 'refused',
      details: { number: 3, generation: 1 },
    });
  });

  test('a token that is outdated for longer ends the session, and both addresses are on record', async () => {
    const { token, present, pass, events } = await signedIn();
    await pass(303);
    const next = await nextOf(await present(token));
    await present(next);
    await pass(31);
    const reuse = await problemOf(await present(token, elsewhere));
    expect(reuse).toMatchObject({ code: 'session-ended', endReason: 'token-reuse', endedBy: 'service' });
    expect(await problemOf(await present(next))).toMatchObject({ endReason: 'token-reuse' });
    expect((await events()).find(({ action }) => action === 'token-reuse')).toMatchObject({
      ipAddress: '198.51.100.9',
      details: { number: 1, generation: 2, confirmedFrom: { ipAddress: '192.0.2.7', userAgent: 'test/1.0' } },
    });
  });

  test('what was odd is kept with its evidence, each once', async () => {
    const { api, organization, session, token, present, pass } = await signedIn();
    await pass(303);
    const next = await nextOf(await present(token));
    await present(next);
    for (const init of [{}, {}, elsewhere]) await present(token, init);
    const path = `/api/UserRequest/${session.requestId}/Rotations`;
    const { rotations } = await bodyOf(await api.request(path, { token: next }), Rotations);
    expect(rotations).toMatchObject([
      { verdict: 'race', number: 1, generation: 2, ipAddress: '198.51.100.9', userAgent: 'thief/1.0' },
      { verdict: 'race', number: 1, generation: 2, ipAddress: '192.0.2.7', userAgent: 'test/1.0' },
      { verdict: 'confirmed', number: 2, generation: 1, ipAddress: '192.0.2.7', userAgent: 'test/1.0' },
    ]);
    const stranger = await api.administrator();
    expect((await problemOf(await api.request(path, { token: stranger.token }))).code).toBe('not-found');
    const member = await api.signIn(await api.createUser(organization));
    expect((await problemOf(await api.request(path, { token: member.token }))).code).toBe('not-found');
  });

  test('an end beats a rotation', async () => {
    const { api, session, token, present, pass } = await signedIn();
    await pass(303);
    const next = await nextOf(await present(token));
    expect((await api.request(`/api/UserRequest/${session.requestId}`, { token, method: 'DELETE' })).status).toBe(200);
    expect(await problemOf(await present(next))).toMatchObject({ endReason: 'terminated', endedBy: 'user' });
  });

  test('the cookie rotates by itself', async () => {
    const { api, user, organization } = await signedIn();
    const origin = { origin: 'http://localhost:4400' };
    const body = {
      method: 'password',
      email: user.email,
      password: 'correct horse battery staple',
      transport: 'cookie',
    };
    const answer = await api.postSignIn({ ...body, organization: organization.slug }, { headers: origin });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const token = cookie.split('=')[1] ?? '';
    await age(
      api,
      { ...(await bodyOf(answer, SignedIn.pick({ session: true }))), token },
      organization.organizationId,
      303,
    );
    const rotated = await api.request(whoAmI, { headers: { cookie } });
    expect(rotated.headers.get('rollcall-next-token')).toBeNull();
    expect(rotated.headers.getSetCookie()).toEqual([expect.stringMatching(/^rollcall=rct_.*\.2\..*HttpOnly/)]);
    const signOut = await api.request(whoAmI, { headers: { cookie, ...origin }, method: 'DELETE' });
    expect(signOut.headers.getSetCookie()).toEqual([expect.stringMatching(/^rollcall=;/)]);
  });
});
