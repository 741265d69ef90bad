import { expect, test } from 'vitest';
import { someSession } from '../../../test/sessions.ts';
import { writeOutcome } from './outcome.ts';

test('names the session and its user', () => {
  const session = someSession({ sessionName: 'Lost phone' });
  expect(writeOutcome({ kind: 'terminated', session })).toBe('“Lost phone” of ada@example.com was terminated.');
  expect(writeOutcome({ kind: 'already-ended', session })).toContain('had already ended');
});

test('has words for a session that is not there', () => {
  expect(writeOutcome({ kind: 'not-found' })).toContain('not found');
});

test.each([
  [1, 'One session was terminated.'],
  [1200, '1,200 sessions were terminated.'],
])('tells how many of several', (count, text) => {
  expect(writeOutcome({ kind: 'terminated-several', count })).toBe(text);
});
