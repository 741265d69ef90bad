import { expect, test } from 'vitest';
import { Rotations, TokenEvent } from './rotation.ts';

const event = {
  at: '2026-11-23T09:42:19.000Z',
  verdict: 'confirmed',
  number: 2,
  generation: 1,
  ipAddress: '192.0.2.7',
  userAgent: 'Mozilla/5.0',
};

test('an event says what a token was judged to be, and from where it came', () => {
  expect(Rotations.parse({ rotations: [event] })).toEqual({ rotations: [event] });
  expect(TokenEvent.safeParse({ ...event, verdict: 'current' }).success).toBe(false);
  expect(TokenEvent.safeParse({ ...event, number: 1.5 }).success).toBe(false);
});
