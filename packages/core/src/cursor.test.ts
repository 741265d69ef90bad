import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasCursors, isBeyond, nextCursor, parseCursor, writeCursor } from './cursor.ts';

const place = { createdAt: '2026-11-23T09:42:19.000Z', requestId: '019346c4-1f2b-7000-8000-000000000001' };
const written = '2026-11-23T09:42:19.000Z_019346c4-1f2b-7000-8000-000000000001';

describe('a cursor', () => {
  test('is read as it was written', () => {
    expect(writeCursor(place)).toBe(written);
    expect(parseCursor(written)).toEqual(place);
  });

  test.each([
    '',
    '_',
    written.slice(1),
    `${written}0`,
    written.replace('19.000Z', '19Z'),
    written.replace('11-23', '13-23'),
    written.replace('_', ' '),
    written.toUpperCase(),
  ])('is not %j', (text) => {
    expect(parseCursor(text)).toBeUndefined();
  });

  test('belongs to the order of sign-in, either way round', () => {
    expect([hasCursors('createdAt'), hasCursors('-createdAt'), hasCursors('lastActivity')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('comes after a full page of such an order', () => {
    const page = { sort: '-createdAt', pageSize: 1 } as const;
    expect(nextCursor([place], page)).toBe(written);
    expect(nextCursor([], page)).toBeUndefined();
    expect(nextCursor([place], { ...page, pageSize: 2 })).toBeUndefined();
    expect(nextCursor([place], { ...page, sort: 'userEmail' })).toBeUndefined();
  });

  test('that is none has everything after it', () => {
    expect(isBeyond(place, 'nonsense', 'createdAt')).toBe(true);
  });

  test('of one instant has the ids on their sides', () => {
    const later = { ...place, requestId: '019346c4-1f2b-7000-8000-000000000002' };
    expect(isBeyond(later, written, 'createdAt')).toBe(true);
    expect(isBeyond(later, written, '-createdAt')).toBe(false);
  });

  test('has every other session on one of its sides', () => {
    const createdAt = fc.constantFrom('2026-11-23T09:42:19.000Z', '2026-11-23T09:42:19.001Z');
    const requestId = fc.constantFrom(...['1', '2', '3'].map((digit) => place.requestId.slice(0, -1) + digit));
    const any = fc.record({ createdAt, requestId });
    fc.assert(
      fc.property(any, any, (one, other) => {
        const isSame = writeCursor(one) === writeCursor(other);
        const after = isBeyond(one, writeCursor(other), 'createdAt');
        const before = isBeyond(one, writeCursor(other), '-createdAt');
        expect([after, before].filter(Boolean)).toHaveLength(isSame ? 0 : 1);
        expect(isBeyond(other, writeCursor(one), 'createdAt')).toBe(before);
      }),
    );
  });
});
