import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SearchText } from './search-text.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function searchTextOn(inAddress = '', isBusy = false) {
  const searched: string[] = [];
  return {
    searched,
    field: new SearchText(
      (text) => searched.push(text),
      () => inAddress,
      () => isBusy,
    ),
  };
}

test.each([
  ['as soon as typing pauses', 20, false],
  ['after a longer pause while an answer is awaited', 50, true],
] as const)('searches once, %s', (_, pause, isBusy) => {
  const { field, searched } = searchTextOn('', isBusy);
  for (const text of ['a', 'ad', 'ada']) {
    field.type(text);
    vi.advanceTimersByTime(pause - 1);
  }
  expect(searched).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(searched).toEqual(['ada']);
});

test('searches at once when asked to, and not a second time', () => {
  const { field, searched } = searchTextOn();
  field.type('ada');
  field.submit();
  vi.advanceTimersByTime(1_000);
  expect(searched).toEqual(['ada']);
});

test('takes space around the text for nothing', () => {
  const { field, searched } = searchTextOn('ada');
  field.type(' ada ');
  vi.advanceTimersByTime(50);
  expect(searched).toEqual([]);
  expect(field.text).toBe(' ada ');
});

test('keeps what was typed since when the answer to an older text arrives', () => {
  const { field } = searchTextOn();
  field.type('ad');
  vi.advanceTimersByTime(50);
  field.type('ada');
  field.follow('ad');
  expect(field.text).toBe('ada');
});

test('follows an address that somebody else changed, and forgets what was about to be searched', () => {
  const { field, searched } = searchTextOn('ada');
  field.type('adam');
  field.follow('bob');
  vi.advanceTimersByTime(1_000);
  expect(field.text).toBe('bob');
  expect(searched).toEqual([]);
});

test('is cleared at once', () => {
  const { field, searched } = searchTextOn('ada');
  field.clear();
  expect(field.text).toBe('');
  expect(searched).toEqual(['']);
});

test('searches for nothing once it has stopped', () => {
  const { field, searched } = searchTextOn();
  field.type('ada');
  field.stop();
  vi.advanceTimersByTime(1_000);
  expect(searched).toEqual([]);
});
