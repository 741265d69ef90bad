import { toInstant } from '@rollcall/core/instant';
import { parseToken } from '@rollcall/core/token';
import { describe, expect, test } from 'vitest';
import { onEachEngine, problemOf, TestApi } from '../../test/api.ts';
import { ageTokens } from '../../test/application.ts';
import type { Dependencies } from '../context.ts';

const metricsToken = 'of the operator’s Prometheus'.replaceAll(/[^a-z]/gi, '-');

onEachEngine((current) => {
  /** A node of its own, whose counts begin at nothing. */
  function metered(overrides: Partial<Dependencies> = {}) {
    const api = new TestApi(current().database, { metricsToken, ...overrides });
    return { api, read: () => readMetrics(api) };
  }

  describe('who reads them', () => {
    test('is whoever has the token', async () => {
      const { api } = metered();
      const answer = await api.request('/metrics', { token: metricsToken });
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    });

    test.each([undefined, '', 'wrong', `${metricsToken}x`, metricsToken.slice(1)])(
      'is nobody with %j',
      async (token) => {
        const { api } = metered();
        const answer = await api.request('/metrics', token === undefined ? {} : { token });
        expect(await problemOf(answer)).toMatchObject({ status: 401, code: 'unauthenticated' });
      },
    );

    test('is no administrator, whose organization is one of many', async () => {
      const { api } = metered();
      const { token } = await api.administrator();
      expect((await api.request('/metrics', { token })).status).toBe(401);
    });

    test('is nobody where no token is set', async () => {
      const api = new TestApi(current().database);
      expect((await problemOf(await api.request('/metrics', { token: metricsToken }))).code).toBe('not-found');
    });
  });

  test('tokens are counted by their verdicts, and by what decided', async () => {
    const { api, read } = metered();
    const { token } = await api.administrator();
    const forged = `${token.slice(0, -43)}${'A'.repeat(43)}`;
    await api.request('/api/Authentication', { token: forged });
    for (let time = 0; time < 3; time += 1) await api.request('/api/Authentication', { token });
    await api.request('/api/Authentication', { token: forged });
    await api.request('/api/Authentication', { token: 'malformed' });
    expect(await read()).toMatchObject({
      'rollcall_tokens_judged_total{by="database",verdict="forged"}': 1,
      // the read that told of the forged one was remembered
      'rollcall_tokens_judged_total{by="memory",verdict="current"}': 3,
      'rollcall_tokens_judged_total{by="memory",verdict="forged"}': 1,
      rollcall_remembered_sessions: 1,
      rollcall_waiting_activities: 1,
    });
  });

  test('a rotation and a token used twice are counted', async () => {
    const { api, read } = metered({ clock: () => toInstant(Date.now()) });
    const { token } = await api.administrator();
    const { organizationId = '' } = parseToken(token) ?? {};
    await api.request('/api/Authentication', { token });
    await ageTokens(api, organizationId, 303);
    const next = (await api.request('/api/Authentication', { token })).headers.get('rollcall-next-token') ?? '';
    await api.request('/api/Authentication', { token: next });
    await ageTokens(api, organizationId, 303);
    await api.request('/api/Authentication', { token });
    expect(await read()).toMatchObject({
      'rollcall_tokens_judged_total{by="database",verdict="confirmed"}': 1,
      'rollcall_tokens_judged_total{by="database",verdict="reuse"}': 1,
      rollcall_confirmation_duration_seconds_count: 1,
      rollcall_confirming_nodes: 1,
    });
  });

  test('requests are counted by the first digit of their status', async () => {
    const { api, read } = metered();
    const { token } = await api.administrator();
    const before = await read();
    await api.request('/api/Authentication', { token });
    await api.request('/api/Authentication');
    await api.request('/api/nothing');
    const after = await read();
    const more = (series: string) => (after[series] ?? 0) - (before[series] ?? 0);
    // reading them was a request too
    expect(more('rollcall_request_duration_seconds_count{status="2xx"}')).toBe(2);
    expect(more('rollcall_request_duration_seconds_count{status="4xx"}')).toBe(2);
  });

  test('nothing in them says whose', async () => {
    const { api } = metered();
    const { token, session } = await api.administrator();
    await api.request('/api/Authentication', { token });
    const text = await (await api.request('/metrics', { token: metricsToken })).text();
    for (const secret of [token, session.requestId, session.userEmail]) expect(text).not.toContain(secret);
  });
});

async function readMetrics(api: TestApi): Promise<Record<string, number>> {
  const text = await (await api.request('/metrics', { token: metricsToken })).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}
