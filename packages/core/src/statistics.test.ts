import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { now, sessions, sessionWith } from '../test/sessions.ts';
import { statisticsOf } from './statistics.ts';

const createdAt = '2026-11-23T08:00:00.000Z';

describe('statistics', () => {
  test('of none are all zero', () => {
    expect(statisticsOf([], now)).toEqual({
      totalSessions: 0,
      activeSessions: 0,
      uniqueUsers: 0,
      averageDurationMinutes: 0,
    });
  });

  test('of one are its own', () => {
    const session = sessionWith({ createdAt, lastActivity: '2026-11-23T08:01:30.000Z' });
    expect(statisticsOf([session], now)).toEqual({
      totalSessions: 1,
      activeSessions: 1,
      uniqueUsers: 1,
      averageDurationMinutes: 1.5,
    });
  });

  test('count a user once, however their e-mail is spelled, and two users with one e-mail twice', () => {
    const spellings = ['ada@example.com', 'Ada@Example.com', 'ADA@EXAMPLE.COM'];
    expect(
      statisticsOf(
        spellings.map((userEmail) => sessionWith({ userEmail })),
        now,
      ).uniqueUsers,
    ).toBe(1);
    expect(
      statisticsOf(
        ['a', 'b'].map((userId) => sessionWith({ userId })),
        now,
      ).uniqueUsers,
    ).toBe(2);
  });

  test('count as active neither what has ended nor what expires at this instant, recorded or not', () => {
    const counted = [
      sessionWith({ expiresAt: '2026-11-23T09:42:19.001Z', isActive: false }),
      sessionWith({ expiresAt: now, isActive: true }),
      sessionWith({ endedAt: '2026-11-23T09:00:00.000Z', isActive: true }),
    ];
    expect(statisticsOf(counted, now)).toMatchObject({ totalSessions: 3, activeSessions: 1 });
  });

  test('average exact durations, not those in whole minutes, with a clock that went back as nothing', () => {
    const counted = ['2026-11-23T08:00:59.000Z', '2026-11-23T08:00:59.000Z', '2026-11-23T07:00:00.000Z', createdAt].map(
      (lastActivity) => sessionWith({ createdAt, lastActivity }),
    );
    expect(statisticsOf(counted, now).averageDurationMinutes).toBe(118 / 4 / 60);
  });

  test('take whatever can be gone through once', () => {
    const one = [sessionWith()].values();
    expect(statisticsOf(one, now).totalSessions).toBe(1);
  });
});

test('of two lists together follow from those of each', () => {
  fc.assert(
    fc.property(sessions, sessions, (a, b) => {
      const [ofA, ofB, ofBoth] = [a, b, [...a, ...b]].map((list) => statisticsOf(list, now));
      if (!ofA || !ofB || !ofBoth) throw new Error('three lists have three statistics');
      expect(ofBoth.totalSessions).toBe(ofA.totalSessions + ofB.totalSessions);
      expect(ofBoth.activeSessions).toBe(ofA.activeSessions + ofB.activeSessions);
      expect(ofBoth.uniqueUsers).toBeGreaterThanOrEqual(Math.max(ofA.uniqueUsers, ofB.uniqueUsers));
      expect(ofBoth.uniqueUsers).toBeLessThanOrEqual(ofA.uniqueUsers + ofB.uniqueUsers);
      const sum = ofA.averageDurationMinutes * a.length + ofB.averageDurationMinutes * b.length;
      expect(ofBoth.averageDurationMinutes * (a.length + b.length)).toBeCloseTo(sum, 3);
    }),
  );
});
