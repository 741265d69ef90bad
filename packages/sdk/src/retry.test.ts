import { describe, expect, test } from 'vitest';
import { clientOf, failureOf, presented, problem, problemAnswer, statistics, tokenOf } from '../test/client.ts';
import { type Fetch, memoryTokenStore, type RollcallError } from './index.ts';

const over = { ...problem, status: 401, code: 'session-ended' };

/** Refuses these tokens; another tab keeps `next` while the first request is under way. */
function refusing(refused: readonly string[], meanwhile: () => void): Fetch {
  return (request) => {
    meanwhile();
    const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
    return refused.includes(token) ? problemAnswer(over) : Response.json(statistics);
  };
}

describe('a request whose token is refused', () => {
  test('is sent once more when another session was kept meanwhile, with its body', async () => {
    const tokens = memoryTokenStore(tokenOf(1));
    const ended: RollcallError[] = [];
    const answer = refusing([tokenOf(1)], () => tokens.write(tokenOf(1, 2)));
    const { rollcall, requests } = clientOf(answer, { tokens, onSessionEnded: (error) => ended.push(error) });
    await rollcall.api.POST('/api/Introspection', { body: { token: 'a body' } });
    expect(presented(requests)).toEqual([`Bearer ${tokenOf(1)}`, `Bearer ${tokenOf(1, 2)}`]);
    const bodies = await Promise.all(requests.map((request) => request.json()));
    expect(bodies).toEqual([bodies[0], bodies[0]]);
    expect(ended).toEqual([]);
  });

  test('is sent once more for a later token of its session, and not for an earlier one', async () => {
    const tokens = memoryTokenStore(tokenOf(2));
    const later = clientOf(
      refusing([tokenOf(2)], () => tokens.write(tokenOf(3))),
      { tokens },
    );
    await later.rollcall.statistics();
    expect(presented(later.requests)).toEqual([`Bearer ${tokenOf(2)}`, `Bearer ${tokenOf(3)}`]);
    const earlier = clientOf(
      refusing([tokenOf(3)], () => tokens.write(tokenOf(2))),
      { tokens },
    );
    await failureOf(earlier.rollcall.statistics());
    expect(earlier.requests).toHaveLength(1);
  });

  test('is sent once more and not twice', async () => {
    const tokens = memoryTokenStore(tokenOf(1));
    let session = 1;
    const { rollcall, requests } = clientOf(
      (request) => {
        session += 1;
        void tokens.write(tokenOf(1, session));
        return problemAnswer(request.headers.has('authorization') ? over : problem);
      },
      { tokens },
    );
    expect((await failureOf(rollcall.statistics())).code).toBe('session-ended');
    expect(requests).toHaveLength(2);
  });

  test('is not sent again with the same token, nor when none is kept any more', async () => {
    for (const kept of [tokenOf(1), undefined]) {
      const tokens = memoryTokenStore(tokenOf(1));
      const { rollcall, requests } = clientOf(
        refusing([tokenOf(1)], () => tokens.write(kept)),
        { tokens },
      );
      expect((await failureOf(rollcall.statistics())).code).toBe('session-ended');
      expect(requests).toHaveLength(1);
    }
  });

  test('is not sent again with the kept token when it came with one of its own', async () => {
    const { rollcall, requests } = clientOf(
      refusing([tokenOf(1, 7)], () => undefined),
      { token: tokenOf(1) },
    );
    await rollcall.api.GET('/api/UserRequestStatistics', { headers: { authorization: `Bearer ${tokenOf(1, 7)}` } });
    expect(requests).toHaveLength(1);
  });

  test('is not sent again for any other refusal', async () => {
    const tokens = memoryTokenStore(tokenOf(1));
    for (const refusal of [
      { ...problem, status: 401, code: 'sign-in-failed' },
      { ...problem, status: 403, code: 'forbidden' },
    ]) {
      await tokens.write(tokenOf(1));
      const { rollcall, requests } = clientOf(
        () => {
          void tokens.write(tokenOf(2));
          return problemAnswer(refusal);
        },
        { tokens },
      );
      expect((await failureOf(rollcall.statistics())).code).toBe(refusal.code);
      expect(requests).toHaveLength(1);
    }
  });
});
