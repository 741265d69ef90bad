import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lateness } from './late.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('mentions only what takes a while, and stops when it is over', () => {
  const stop = $effect.root(() => {
    let isGoingOn = $state(true);
    const arrival = lateness(() => isGoingOn);
    flushSync();
    vi.advanceTimersByTime(199);
    expect(arrival.isLate).toBe(false);
    vi.advanceTimersByTime(1);
    expect(arrival.isLate).toBe(true);
    isGoingOn = false;
    flushSync();
    expect(arrival.isLate).toBe(false);
  });
  stop();
});
