import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RollcallError } from './rollcall-error.ts';
import { seeActivity } from './verifier-activity.ts';
import type { ActivityReport } from './wire.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Activity on a clock that was started a second ago, and the reports of it; `fail` makes the next ones fail. */
function watched({ capacity = 10_000 } = {}) {
  const reports: ActivityReport['activities'][] = [];
  const failures: Error[] = [];
  const activity = seeActivity({
    capacity,
    flushEveryMs: 1000,
    clock: () => Date.parse('2026-11-23T09:42:19.000Z'),
    monotonic: () => 1000,
    async send(activities) {
      reports.push(activities);
      const failure = failures.shift();
      if (failure) throw failure;
    },
  });
  const note = (...ids: string[]) => {
    for (const id of ids) activity.note(id, undefined, 400);
  };
  const reported = () => reports.map((activities) => activities.map(({ requestId }) => requestId));
  return { activity, note, reports, reported, failures };
}

function failure(code: 'unavailable' | 'invalid'): RollcallError {
  return new RollcallError({ code, title: '', detail: '' });
}

test('is reported after a while, once, with when it was seen', async () => {
  const { activity, reports } = watched();
  activity.note('a', { ipAddress: '192.0.2.7', userAgent: 'old/1.0' }, 300);
  activity.note('a', { ipAddress: '192.0.2.8', userAgent: 'new/1.0' }, 400);
  activity.note('a', undefined, 500);
  await vi.advanceTimersByTimeAsync(999);
  expect(reports).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  const client = { ipAddress: '192.0.2.8', userAgent: 'new/1.0' };
  expect(reports).toEqual([[{ requestId: 'a', at: '2026-11-23T09:42:18.500Z', client }]]);
  expect(vi.getTimerCount()).toBe(0);
});

test('is reported a thousand sessions at a time', async () => {
  const { activity, note, reports } = watched();
  note(...Array.from({ length: 2001 }, (_, index) => String(index)));
  await activity.flush();
  expect(reports.map(({ length }) => length)).toEqual([1000, 1000, 1]);
  expect(vi.getTimerCount()).toBe(0);
});

test('nothing is reported where nothing was seen', async () => {
  const { activity, reports } = watched();
  await activity.flush();
  expect(reports).toEqual([]);
});

test('what an outage kept back is reported with the next, behind what is newer', async () => {
  const { activity, note, reports, reported, failures } = watched();
  note('a', 'b');
  failures.push(failure('unavailable'));
  await expect(activity.flush()).rejects.toThrow();
  activity.note('b', undefined, 900);
  note('c');
  await activity.flush();
  expect(reported()).toEqual([
    ['a', 'b'],
    ['a', 'b', 'c'],
  ]);
  expect(reports[1]?.[1]?.at).toBe('2026-11-23T09:42:18.900Z');
});

test('a failure of the timer’s own is nobody’s to catch, and loses nothing', async () => {
  const { note, reported, failures } = watched();
  note('a');
  failures.push(failure('unavailable'));
  await vi.advanceTimersByTimeAsync(1000);
  note('b');
  await vi.advanceTimersByTimeAsync(1000);
  expect(reported()).toEqual([['a'], ['a', 'b']]);
});

test('what the service refuses is not sent again', async () => {
  const { activity, note, reported, failures } = watched();
  note('a');
  failures.push(failure('invalid'));
  await expect(activity.flush()).rejects.toThrow();
  note('b');
  await activity.flush();
  expect(reported()).toEqual([['a'], ['b']]);
});

test('one report goes out at a time', async () => {
  const { activity, note, reported } = watched();
  note('a');
  const first = activity.flush();
  note('b');
  await Promise.all([first, activity.flush()]);
  expect(reported().flat()).toEqual(['a', 'b']);
});

test('of more sessions than there is room for, the oldest are given up', async () => {
  const { activity, note, reported, failures } = watched({ capacity: 2 });
  note('a', 'b', 'c');
  failures.push(failure('unavailable'));
  await expect(activity.flush()).rejects.toThrow();
  note('d');
  await activity.flush();
  expect(reported()).toEqual([
    ['b', 'c'],
    ['c', 'd'],
  ]);
});
