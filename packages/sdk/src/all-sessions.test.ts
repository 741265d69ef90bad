import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientOf } from '../test/client.ts';
import { type Fetch, memoryTokenStore } from './index.ts';

/** A list of ids, served in pages; `meanwhile` happens to it after each of them. */
function serving(ids: string[], meanwhile: (page: number) => void = () => undefined, totalIsExact = true): Fetch {
  return ({ url }) => {
    const query = new URL(url).searchParams;
    const [page, pageSize] = [Number(query.get('page')), Number(query.get('pageSize'))];
    const sessions = ids.slice((page - 1) * pageSize, page * pageSize).map((requestId) => ({ requestId }));
    const total = totalIsExact ? ids.length : Math.min(ids.length, 1);
    meanwhile(page);
    return Response.json({ sessions, total, totalIsExact, page, pageSize });
  };
}

async function read(answer: Fetch, pageSize?: number) {
  const { rollcall, requests } = clientOf(answer, { tokens: memoryTokenStore() });
  const ids: string[] = [];
  for await (const { requestId } of rollcall.sessions(pageSize ? { pageSize } : {})) ids.push(requestId);
  return { ids, requests };
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, number) => `session ${number}`);
}

test('asks for pages of a hundred, oldest first, unless told otherwise', async () => {
  const { rollcall, requests } = clientOf(serving([]));
  await rollcall.sessions().next();
  await rollcall.sessions({ search: 'a b', sort: '-duration', status: 'active', pageSize: 7 }).next();
  expect(requests.map(({ url }) => new URL(url).search)).toEqual([
    '?sort=createdAt&pageSize=100&page=1',
    '?sort=-duration&pageSize=7&search=a%20b&status=active&page=1',
  ]);
});

test.each([
  [0, 1],
  [9, 1],
  [10, 1],
  [11, 2],
  [25, 3],
])('reads %d sessions in %d requests of ten', async (count, expected) => {
  const { ids, requests } = await read(serving(numbered(count)), 10);
  expect(ids).toEqual(numbered(count));
  expect(requests).toHaveLength(expected);
});

test('reads a page only when it is needed', async () => {
  const { rollcall, requests } = clientOf(serving(numbered(30)));
  for await (const { requestId } of rollcall.sessions({ pageSize: 10 })) if (requestId === 'session 9') break;
  expect(requests).toHaveLength(1);
});

test('goes on by cursors where there are some, past an empty page, whatever ends meanwhile', async () => {
  const ids = numbered(25);
  const answer: Fetch = ({ url }) => {
    const query = new URL(url).searchParams;
    const [cursor, pageSize] = [query.get('cursor'), Number(query.get('pageSize'))];
    expect(query.get('page')).toBe(cursor === null ? '1' : null);
    const rest = cursor === null ? ids : ids.filter((id) => Number(id.split(' ')[1]) > Number(cursor));
    const sessions = rest.slice(0, pageSize).map((requestId) => ({ requestId }));
    // the second page ends as soon as it was read
    ids.splice(0, cursor === null ? 0 : 3);
    const nextCursor = sessions.length === pageSize ? sessions.at(-1)?.requestId.split(' ')[1] : undefined;
    return Response.json({ sessions, total: rest.length, totalIsExact: true, page: 1, pageSize, nextCursor });
  };
  const { ids: read10, requests } = await read(answer, 5);
  expect(read10).toEqual(numbered(25));
  expect(requests).toHaveLength(6);
});

test('a total that is an estimate does not end it', async () => {
  const { ids } = await read(serving(numbered(45), undefined, false), 10);
  expect(ids).toEqual(numbered(45));
});

test('ends although every page is full and the total grows with each', async () => {
  const page = numbered(10).map((requestId) => ({ requestId }));
  let total = 30;
  const growing: Fetch = () => {
    total += 10;
    if (total > 1000) throw new Error('this would never end');
    return Response.json({ sessions: page, total, totalIsExact: true, page: 1, pageSize: 10 });
  };
  const { ids, requests } = await read(growing, 10);
  expect(ids).toEqual(numbered(10));
  expect(requests).toHaveLength(2 * 4 + 1);
});

test('gives up between pages when it is told to', async () => {
  const giveUp = new AbortController();
  const { rollcall } = clientOf(serving(numbered(30)));
  const sessions = rollcall.sessions({ pageSize: 10 }, { signal: giveUp.signal });
  const reading = async () => {
    for await (const _ of sessions) giveUp.abort();
  };
  await expect(reading()).rejects.toMatchObject({ code: 'aborted' });
});

describe('while the list changes', () => {
  const count = fc.integer({ min: 0, max: 40 });
  const pageSize = fc.integer({ min: 1, max: 7 });

  test('what comes at the end costs nothing: whoever was there is met, once', async () => {
    const arrivals = fc.infiniteStream(fc.integer({ min: 0, max: 20 }));
    await fc.assert(
      fc.asyncProperty(count, pageSize, arrivals, async (before, size, coming) => {
        const list = numbered(before);
        const arrive = () => void list.push(...numbered(list.length + (coming.next().value ?? 0)).slice(list.length));
        const { ids } = await read(serving(list, arrive), size);
        expect(ids.slice(0, before)).toEqual(numbered(before));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test('what comes and goes anywhere makes nobody come twice, and it ends', async () => {
    const changes = fc.infiniteStream(fc.tuple(fc.boolean(), fc.nat(), fc.integer({ min: 0, max: 9 })));
    await fc.assert(
      fc.asyncProperty(count, pageSize, changes, async (before, size, coming) => {
        const list = numbered(before);
        let newest = before;
        const change = () => {
          const { value = [false, 0, 0] } = coming.next();
          const [comes, where, many] = value;
          const arriving = comes ? numbered(newest + many).slice(newest) : [];
          newest += arriving.length;
          list.splice(where % (list.length + 1), comes ? 0 : many, ...arriving);
        };
        const { ids, requests } = await read(serving(list, change), size);
        expect(new Set(ids).size).toBe(ids.length);
        expect(requests.length).toBeLessThanOrEqual(2 * Math.max(1, Math.ceil(before / size)) + 1);
      }),
    );
  });
});
