import { expect, test } from 'vitest';
import { now } from '../test/sessions.ts';
import { toInstant, toMilliseconds } from './instant.ts';
import { writeRelativeTime } from './relative-time.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.for([
  [0, 'just now'],
  [-59_999, 'just now'],
  [59_999, 'just now'],
  [-minute, '1 minute ago'],
  [-5 * minute - 59 * second, '5 minutes ago'],
  [-hour + 1, '59 minutes ago'],
  [-hour, '1 hour ago'],
  [-2 * hour + 1, '1 hour ago'],
  [-day + 1, '23 hours ago'],
  [-day, '1 day ago'],
  [-2 * day, '2 days ago'],
  [-30 * day + 1, '29 days ago'],
  [-30 * day, '1 month ago'],
  [-365 * day + 1, '12 months ago'],
  [-365 * day, '1 year ago'],
  [-10 * 365 * day, '10 years ago'],
  [minute, 'in 1 minute'],
  [2 * hour + 1, 'in 2 hours'],
  [400 * day, 'in 1 year'],
] as const)('%d ms from now is %s', ([milliseconds, words]) => {
  expect(writeRelativeTime(toInstant(toMilliseconds(now) + milliseconds), now)).toBe(words);
});
