import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idsOf, sessions, sessionWith, word } from '../test/sessions.ts';
import { matchesTerms, searchableText, searchSessions, searchTerms } from './search.ts';

const ada = sessionWith({
  requestId: 'ada',
  userEmail: 'Ada@Example.com',
  sessionName: 'Firefox on Windows 100% (a_b)',
  ipAddress: '2001:db8::10',
});
const grace = sessionWith({
  requestId: 'grace',
  userEmail: 'grace@straße.example',
  sessionName: 'C:\\Programs - "OR" ΟΔΥΣΣΕΥΣ',
  ipAddress: '192.0.2.70',
});

describe('a search finds', () => {
  test.for([
    ['', ['ada', 'grace'], 'all, when it is empty'],
    [' \t\u3000\u00A0 ', ['ada', 'grace'], 'all, when it is blank'],
    ['ada', ['ada'], 'in the e-mail'],
    ['2001:db8', ['ada'], 'in the address, IPv6'],
    ['192.0.2.7', ['grace'], 'in the address, IPv4, as a substring'],
    ['2001:DB8', ['ada'], 'in the address, whatever the case'],
    ['firefox', ['ada'], 'in the name'],
    ['  ada  ', ['ada'], 'with blanks around'],
    ['ADA@EXAMPLE', ['ada'], 'whatever the case'],
    ['ada windows', ['ada'], 'terms in different fields'],
    ['windows ada', ['ada'], 'terms in any order'],
    ['ada grace', [], 'nothing that lacks a term'],
    ['ada ada', ['ada'], 'the same term twice'],
    ['example', ['ada', 'grace'], 'several'],
    ['nobody', [], 'nothing'],
    ['100%', ['ada'], 'a percent sign'],
    ['10%0', [], 'no wildcard in a percent sign'],
    ['a_b', ['ada'], 'an underscore'],
    ['f_refox', [], 'no wildcard in an underscore'],
    ['c:\\', ['grace'], 'a colon and a backslash'],
    ['\\', ['grace'], 'a backslash alone'],
    ['::', ['ada'], 'colons'],
    ['(a_b)', ['ada'], 'parentheses'],
    ['-', ['grace'], 'a hyphen, also as a leading one'],
    ['"or"', ['grace'], 'quotes and the word OR'],
    ['ada OR grace', [], 'the word OR as any other'],
    ['STRASSE', ['grace'], 'ß for SS'],
    ['straẞe', ['grace'], 'ß for ẞ'],
    ['οδυσσευς', ['grace'], 'every sigma'],
    ['ｇｒａｃｅ', ['grace'], 'full-width letters'],
    ['.*', [], 'no regular expression'],
    ['2001:db8::10firefox', [], 'nothing across two fields'],
    ['mozilla', [], 'nothing in the user agent'],
    ['ad', ['ada'], 'two letters'],
  ] as const)('%j: %j (%s)', ([text, ids]) => {
    expect(idsOf(searchSessions([ada, grace], text))).toEqual(ids);
  });

  test('a dotless ı for an i, and İ only with its dot', () => {
    const istanbul = sessionWith({ sessionName: 'İstanbul ışık' });
    expect(searchSessions([istanbul], 'IŞIK')).toEqual([istanbul]);
    expect(searchSessions([istanbul], 'i\u0307stanbul')).toEqual([istanbul]);
    expect(searchSessions([istanbul], 'istanbul')).toEqual([]);
  });

  test('nothing among none', () => {
    expect(searchSessions([], '')).toEqual([]);
    expect(searchSessions([], 'ada')).toEqual([]);
  });
});

describe('terms', () => {
  test('stand between white space of any kind, folded', () => {
    expect(searchTerms(' Ada\t192.0.2\u2028ß\u3000Ｂ\n')).toEqual(['ada', '192.0.2', 'ss', 'b']);
    expect(searchTerms('')).toEqual([]);
  });

  test('match where each occurs', () => {
    expect(matchesTerms('ada\n192.0.2.7\nchrome', [])).toBe(true);
    expect(matchesTerms('ada\n192.0.2.7\nchrome', ['ada', 'chr'])).toBe(true);
    expect(matchesTerms('ada\n192.0.2.7\nchrome', ['ada', 'firefox'])).toBe(false);
  });
});

test('an address that somebody else wrote large is found all the same', () => {
  const large = sessionWith({ ipAddress: '2001:DB8::1' });
  expect(searchSessions([large], '2001:db8')).toEqual([large]);
});

test('more names than are kept in mind are told apart all the same', () => {
  const many = Array.from({ length: 250 }, (_, number) => sessionWith({ sessionName: `Phone ${number}.` }));
  expect(searchSessions([...many, ...many], 'PHONE 249.')).toEqual([many[249], many[249]]);
});

test('the searchable text is e-mail, address and name, folded, one a line', () => {
  expect(searchableText(ada)).toBe('ada@example.com\n2001:db8::10\nfirefox on windows 100% (a_b)');
});

describe('of any sessions and search', () => {
  const search = fc.array(word, { maxLength: 3 }).map((words) => words.join(' '));

  test('nothing is invented or doubled, and the order is kept', () => {
    fc.assert(
      fc.property(sessions, search, (any, text) => {
        const found = new Set(searchSessions(any, text));
        expect(searchSessions(any, text)).toEqual(any.filter((session) => found.has(session)));
        expect(found.size).toBe(searchSessions(any, text).length);
      }),
    );
  });

  test('another term never finds more', () => {
    fc.assert(
      fc.property(sessions, search, word, (any, text, more) => {
        const narrower = searchSessions(any, `${text} ${more}`);
        expect(narrower).toEqual(searchSessions(searchSessions(any, text), more));
      }),
    );
  });

  test('those are found in whose searchable text each term occurs', () => {
    fc.assert(
      fc.property(sessions, search, (any, text) => {
        const terms = searchTerms(text);
        const found = any.filter((session) => matchesTerms(searchableText(session), terms));
        expect(searchSessions(any, text)).toEqual(found);
      }),
    );
  });

  test('a session is found by each of its own words, in any case', () => {
    fc.assert(
      fc.property(sessions, (any) => {
        for (const session of any) {
          const words = `${session.userEmail} ${session.ipAddress} ${session.sessionName}`.normalize('NFKC');
          expect(searchSessions([session], words.toUpperCase())).toEqual([session]);
          expect(searchSessions([session], words.toLowerCase())).toEqual([session]);
        }
      }),
    );
  });
});
