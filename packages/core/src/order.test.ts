import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idsOf, session, sessions, sessionWith } from '../test/sessions.ts';
import { orderSessions, parseSort, sortFields, writeSort } from './order.ts';
import type { Session } from './schema/session.ts';
import { SessionSort } from './schema/session-list.ts';

const sort = fc.constantFrom(...SessionSort.options);

describe('a sort', () => {
  test('is a field, or a field turned round', () => {
    expect(parseSort('-createdAt')).toEqual({ field: 'createdAt', descending: true });
    expect(parseSort('duration')).toEqual({ field: 'duration', descending: false });
  });

  test.for(SessionSort.options)('%s is written as it was read', (any) => {
    expect(writeSort(parseSort(any))).toBe(any);
  });

  test.for(['', '-', 'password', '--createdAt', 'created-At', 'createdAt-', 'toString'])('%j is refused', (none) => {
    // @ts-expect-error: callers without types exist
    expect(() => parseSort(none)).toThrow(new RangeError(`sessions cannot be sorted by ${none}`));
  });
});

describe('sessions in order', () => {
  test.for([
    ['userEmail', 'Zoe@example.com', 'ada@example.com'],
    ['sessionName', 'Chrome', 'Chrome on macOS'],
    ['userAgent', '', 'curl/8'],
    ['ipAddress', '9.9.9.9', '10.0.0.1'],
    ['ipAddress', '255.255.255.255', '::1'],
    ['isActive', false, true],
    ['createdAt', '2026-11-23T08:00:00.000Z', '2026-11-23T08:00:00.001Z'],
    ['lastActivity', '0999-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
  ] as const)('by %s: %s comes before %s', ([field, lesser, greater]) => {
    const first = sessionWith({ requestId: 'f', [field]: lesser });
    const last = sessionWith({ requestId: 'e', [field]: greater });
    expect(orderSessions([last, first], field)).toEqual([first, last]);
    expect(orderSessions([first, last], `-${field}`)).toEqual([last, first]);
  });

  test('by duration: 2 minutes come before 10, and a clock that went back counts as nothing', () => {
    const lasted = (requestId: string, lastActivity: string) =>
      sessionWith({ requestId, createdAt: '2026-11-23T08:00:00.000Z', lastActivity });
    const skewed = lasted('c', '2026-11-23T07:00:00.000Z');
    const short = lasted('b', '2026-11-23T08:02:00.000Z');
    const long = lasted('a', '2026-11-23T08:10:00.000Z');
    expect(orderSessions([long, short, skewed], 'duration')).toEqual([skewed, short, long]);
  });

  test('of equal fields: by requestId, the same way round', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((requestId) => sessionWith({ requestId }));
    expect(orderSessions(present(b, c, a), 'createdAt')).toEqual([a, b, c]);
    expect(orderSessions(present(b, c, a), '-createdAt')).toEqual([c, b, a]);
  });

  test('are a new list', () => {
    const given = [sessionWith({ requestId: 'b' }), sessionWith({ requestId: 'a' })];
    orderSessions(given, 'createdAt');
    expect(idsOf(given)).toEqual(['b', 'a']);
    expect(orderSessions([], '-createdAt')).toEqual([]);
  });
});

describe('of any sessions', () => {
  test('turning the order round turns the list round', () => {
    fc.assert(
      fc.property(sessions, fc.constantFrom(...sortFields), (any, field) => {
        expect(orderSessions(any, `-${field}`)).toEqual(orderSessions(any, field).reverse());
      }),
    );
  });

  test('the order does not depend on the one they came in', () => {
    const shuffled = sessions.chain((any) =>
      fc.tuple(fc.constant(any), fc.shuffledSubarray(any, { minLength: any.length })),
    );
    fc.assert(
      fc.property(shuffled, sort, ([any, other], by) => {
        expect(idsOf(orderSessions(other, by))).toEqual(idsOf(orderSessions(any, by)));
      }),
    );
  });

  test('none is lost, doubled or made up', () => {
    fc.assert(
      fc.property(sessions, sort, (any, by) => {
        expect(new Set(orderSessions(any, by))).toEqual(new Set(any));
        expect(orderSessions(any, by)).toHaveLength(any.length);
      }),
    );
  });

  test('neighbours are in order by their fields', () => {
    fc.assert(
      fc.property(session, session, (a, b) => {
        for (const field of ['createdAt', 'lastActivity'] as const) {
          const [first, second] = orderSessions([a, b], field);
          expect((first?.[field] ?? '') <= (second?.[field] ?? '')).toBe(true);
        }
      }),
    );
  });
});

describe('text', () => {
  test('goes by code point, where UTF-16 would put what is beyond U+FFFF too early', () => {
    const ascending = [
      ...['', 'A', 'Z', 'Za', 'a', 'z', 'ß', 'é', '\uD7FF', '\uE000', '\uFFFF', '\uFFFF\uE000', '\uFFFF\u{10000}'],
      ...['\u{10000}', '\u{10000}\uE000', '\u{10000}\u{10000}', '\u{103FE}', '\u{103FF}', '\u{10400}', '\u{10FFFF}'],
    ];
    expect(namesInOrder([...ascending].reverse())).toEqual(ascending);
  });

  test('goes as its code points do', () => {
    const edges = fc.constantFrom(...'ab\uD7FF\uE000\uFFFF\u{10000}\u{103FF}\u{10FFFF}');
    const text = fc.string({ unit: fc.oneof(edges, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })) });
    fc.assert(
      fc.property(text, text, text, (start, a, b) => {
        const names = [start + a, start + b];
        expect(namesInOrder(names)).toEqual(names.toSorted(byCodePoint));
      }),
    );
  });

  test('with lone surrogates has an order, too', () => {
    const unit = fc.constantFrom('a', '\uD800', '\uDC00', '\uDFFF', '\uE000', '\uFFFF');
    fc.assert(
      fc.property(fc.array(fc.string({ unit })), (names) => {
        expect(namesInOrder(names)).toEqual(namesInOrder([...names].reverse()));
      }),
    );
  });
});

function namesInOrder(names: readonly string[]): string[] {
  const named = names.map((sessionName): Session => sessionWith({ sessionName }));
  return orderSessions(named, 'sessionName').map(({ sessionName }) => sessionName);
}

function byCodePoint(a: string, b: string): number {
  const [x, y] = [codePointsOf(a), codePointsOf(b)];
  const differing = x.findIndex((code, index) => code !== y[index]);
  return differing < 0 ? x.length - y.length : (x[differing] ?? 0) - (y[differing] ?? -1);
}

function codePointsOf(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0) ?? 0);
}

function present(...list: (Session | undefined)[]): Session[] {
  return list.filter((one) => one !== undefined);
}
