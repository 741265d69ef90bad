import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contextOf } from '../../test/example-sessions.ts';
import { hostileText } from '../../test/hostile-text.ts';
import { query } from '../../test/queries.ts';
import { idsOf, now, sessions, word } from '../../test/sessions.ts';
import { isActiveAt } from '../lifetime.ts';
import type { Session } from '../schema/session.ts';
import { maxSearchTerms, searchSessions, searchTerms } from '../search.ts';
import { matchesQuery, predicateOf } from './match.ts';
import { operators } from './operators.ts';
import { parseQuery } from './parse.ts';
import type { Query } from './syntax.ts';

const at = { start: 0, end: 0 };
// What the language has a use for, which is only where a word begins; a text without it is plain.
const marks = /(?<=^|\s)(?:[-"(]+|OR(?=\s|$))/;
const operatorNames = new RegExp(`(?:^|\\s)(?:${operators.map(({ name }) => name).join('|')}):`, 'i');
const plainText = fc
  .oneof(
    fc.array(word).map((words) => words.join(' ')),
    fc.string({ unit: 'binary' }),
    hostileText,
  )
  .map((text) => text.replace(new RegExp(marks, 'g'), ''))
  .filter((text) => !operatorNames.test(text) && !marks.test(text) && searchTerms(text).length <= maxSearchTerms);

describe('plain words find what they found without the language', () => {
  test('whatever they are', () => {
    fc.assert(
      fc.property(sessions, plainText, (any, text) => {
        const { tree, errors } = parseQuery(text, { now });
        expect(errors).toEqual([]);
        expect(idsOf(found(any, tree))).toEqual(idsOf(searchSessions(any, text)));
      }),
      { numRuns: 1000 },
    );
  });

  test('also in the words of a session itself', () => {
    fc.assert(
      fc.property(sessions, fc.nat(), fc.nat(), (any, length, from) => {
        for (const { sessionName } of any) {
          const part = sessionName.slice(from % (sessionName.length + 1), length).replace(new RegExp(marks, 'g'), '');
          if (marks.test(part)) continue;
          const { tree } = parseQuery(part, { now });
          expect(idsOf(found(any, tree))).toEqual(idsOf(searchSessions(any, part)));
        }
      }),
    );
  });
});

describe('of any search and sessions', () => {
  test('what is negated finds all the others, twice the same', () => {
    fc.assert(
      fc.property(sessions, query, (any, tree) => {
        const those = new Set(found(any, tree));
        expect(found(any, not(tree))).toEqual(any.filter((session) => !those.has(session)));
        expect(found(any, not(not(tree)))).toEqual([...those]);
      }),
    );
  });

  test('De Morgan holds', () => {
    fc.assert(
      fc.property(sessions, query, query, (any, a, b) => {
        const neither: Query = { kind: 'and', parts: [not(a), not(b)], at };
        const notBoth: Query = { kind: 'or', parts: [not(a), not(b)], at };
        expect(found(any, not({ kind: 'or', parts: [a, b], at }))).toEqual(found(any, neither));
        expect(found(any, not({ kind: 'and', parts: [a, b], at }))).toEqual(found(any, notBoth));
      }),
    );
  });

  test('terms side by side narrow, OR widens', () => {
    fc.assert(
      fc.property(sessions, query, query, (any, a, b) => {
        expect(found(any, { kind: 'and', parts: [a, b], at })).toEqual(found(found(any, a), b, any));
        const either = new Set([...found(any, a), ...found(any, b)]);
        expect(found(any, { kind: 'or', parts: [a, b], at })).toEqual(any.filter((session) => either.has(session)));
      }),
    );
  });

  test('one session at a time is found as many are', () => {
    fc.assert(
      fc.property(sessions, query, (any, tree) => {
        const context = contextOf(any);
        expect(any.filter((session) => matchesQuery(tree, session, context))).toEqual(found(any, tree));
      }),
    );
  });
});

test('status: is the status of a list, and only what is over has ended', () => {
  fc.assert(
    fc.property(sessions, (any) => {
      const active = any.filter((session) => isActiveAt(session, now));
      expect(found(any, parseQuery('status:active', { now }).tree)).toEqual(active);
      expect(found(active, parseQuery('ended:terminated|idle-timeout|absolute-timeout', { now }).tree)).toEqual([]);
    }),
  );
});

test('whatever the text, every session is found or not', () => {
  fc.assert(
    fc.property(sessions, hostileText, (any, text) => {
      const finds = predicateOf(parseQuery(text, { now }).tree, contextOf(any));
      expect(any.map(finds).every((isFound) => typeof isFound === 'boolean')).toBe(true);
    }),
  );
});

function found(among: readonly Session[], tree: Query, all = among): Session[] {
  return among.filter(predicateOf(tree, contextOf(all)));
}

function not(part: Query): Query {
  return { kind: 'not', part, at };
}
