import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ViewerTime } from './viewer-time.svelte.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-23T12:00:00.000Z') }));
afterEach(() => void vi.useRealTimers());

// Three hours behind the browser's clock.
const told = { now: () => '2026-11-23T09:00:00.000Z', timeZone: () => 'Europe/Berlin' };

test('goes on from the server’s time, whatever the browser’s clock says', () => {
  const seen: string[] = [];
  const stop = $effect.root(() => {
    const time = new ViewerTime(told);
    $effect(() => void seen.push(time.now));
  });
  flushSync();
  vi.advanceTimersByTime(60_000);
  flushSync();
  expect(seen[0]).toBe('2026-11-23T09:00:00.000Z');
  expect(seen.at(-1)).toBe('2026-11-23T09:01:00.000Z');
  stop();
});

test('does not tick when nobody looks', () => {
  const stop = $effect.root(() => {
    const time = new ViewerTime(told);
    $effect(() => void time.now);
  });
  flushSync();
  expect(vi.getTimerCount()).toBe(1);
  stop();
  flushSync();
  vi.runAllTicks();
  expect(vi.getTimerCount()).toBe(0);
});

test('takes the server’s word for the zone until it is told better', () => {
  const stop = $effect.root(() => {
    const time = new ViewerTime(told);
    expect(time.timeZone).toBe('Europe/Berlin');
    time.timeZone = 'Asia/Kolkata';
    expect(time.timeZone).toBe('Asia/Kolkata');
  });
  stop();
});
