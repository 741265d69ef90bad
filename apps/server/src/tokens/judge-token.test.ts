import type { Lifetime } from '@rollcall/core/lifetime';
import { expect, test } from 'vitest';
import { judgeToken } from './judge-token.ts';

const expiresAt = '2026-11-24T09:42:19.000Z';
const alive: Lifetime = { isActive: true, expiresAt };
const ended: Lifetime = { isActive: false, expiresAt, endedAt: expiresAt, endReason: 'terminated' };
const session = { generation: 1, lifetime: alive, isDisabled: false };

test('the confirmed token of a session that is alive is current', () => {
  expect(judgeToken({ number: 1, isGenuine: true }, session)).toEqual({ kind: 'current' });
});

test.each([0, 2, 17])('token number %i is refused', (number) => {
  expect(judgeToken({ number, isGenuine: true }, session)).toEqual({ kind: 'refused' });
});

test('a genuine token hears why its session ended, a forged one does not', () => {
  const over = { ...session, lifetime: ended };
  expect(judgeToken({ number: 1, isGenuine: true }, over)).toEqual({ kind: 'ended', endReason: 'terminated' });
  expect(judgeToken({ number: 1, isGenuine: false }, over)).toEqual({ kind: 'refused' });
});

test('a forged token is refused whatever its number', () => {
  expect(judgeToken({ number: 1, isGenuine: false }, session)).toEqual({ kind: 'refused' });
});

test('the sessions of a disabled user have ended', () => {
  const verdict = judgeToken({ number: 1, isGenuine: true }, { ...session, isDisabled: true });
  expect(verdict).toEqual({ kind: 'ended', endReason: 'user-disabled' });
});
