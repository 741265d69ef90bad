import { describe, expect, test } from 'vitest';
import { printQuery } from '../../test/print-query.ts';
import { now } from '../../test/sessions.ts';
import { parseQuery } from './parse.ts';

describe('a search means', () => {
  test.for([
    ['', ''],
    [' \t ', ''],
    ['Ada Grace', '"ada" "grace"'],
    ['"Ada Lovelace"', '"ada lovelace"'],
    ['a b OR c', '("a" "b") OR "c"'],
    ['a (b OR c)', '"a" ("b" OR "c")'],
    ['a OR b OR c', '"a" OR "b" OR "c"'],
    ['(a OR b) OR c', '("a" OR "b") OR "c"'],
    ['((a))', '"a"'],
    ['-a b', '-"a" "b"'],
    ['-(a b)', '-("a" "b")'],
    ['-(-a)', '"a"'],
    ['--a ---a', '"a" -"a"'],
    ['--(-a)', '-"a"'],
    ['(a', '"a"'],
    ['a (b OR "c d', '"a" ("b" OR "c d")'],
    ['(a)) b', '"a" "b"'],
    ['() -() (()) "" -""', ''],
    ['a OR ()', '"a"'],
    ['a\u00B4b', '"a" "\u0301b"'],
    ['-a\u00B4b', '-("a" "\u0301b")'],
    ['a:b 2001:db8::1 https://x', '"a:b" "2001:db8::1" "https://x"'],
    ['user:ADA', 'user:"ada"'],
    ['name:"Chrome on"', 'name:"chrome on"'],
    ['agent:Mozilla browser:fire os:mac', 'agent:"mozilla" browser:"fire" os:"mac"'],
    ['ip:192.0.2', 'ip:"192.0.2"'],
    ['ip:2001:DB8:0::1', 'ip:"2001:db8::1"'],
    ['ip:10.1.2.3/8 -ip:2001:db8::/32', 'ip:10.0.0.0/8 -ip:2001:db8::/32'],
    ['client:api auth:SSO account:service', 'client:api auth:sso account:service'],
    ['status:active Status:inactive', 'status:active status:inactive'],
    ['ended:token-reuse|terminated|terminated', 'ended:terminated|token-reuse'],
    ['created:2026-01-01', 'created:2026-01-01T00:00:00.000Z..2026-01-01T23:59:59.999Z'],
    ['created:2026-01-01..2026-02-01', 'created:2026-01-01T00:00:00.000Z..2026-02-01T23:59:59.999Z'],
    ['created:>2026-01-01', 'created:>=2026-01-02T00:00:00.000Z'],
    ['created:<2026-01-01T10:00+02:00', 'created:<2026-01-01T08:00:00.000Z'],
    ['activity:<1h', 'activity:>=2026-11-23T08:42:19.001Z'],
    ['activity:>=1h', 'activity:<2026-11-23T08:42:19.001Z'],
    ['activity:1h', 'activity:2026-11-23T07:42:19.001Z..2026-11-23T08:42:19.000Z'],
    ['created:1d..2d', 'created:2026-11-21T09:42:19.000Z..2026-11-22T09:42:19.000Z'],
    ['created:>3660000d', 'created:<0001-01-01T00:00:00.000Z'],
    ['created:>9999-12-31', 'created:>=9999-12-31T23:59:59.999Z'],
    ['duration:>8h idle:<=30m', 'duration:>=28800001ms idle:<1800001ms'],
    ['duration:8h', 'duration:28800000ms..32399999ms'],
    ['concurrent:>3 concurrent:3 concurrent:2..5', 'concurrent:>=4 concurrent:3..3 concurrent:2..5'],
  ] as const)('%j: %s', ([text, meaning]) => {
    const { tree, errors } = parseQuery(text, { now });
    expect(errors).toEqual([]);
    expect(printQuery(tree)).toBe(meaning);
  });
});

describe('a search says what it does not understand', () => {
  test.for([
    ['a ip:10.0.0.0/99 b', '"a" "b"', [['wrong-value', '10.0.0.0/99']]],
    ['-ip:::1/129', '', [['wrong-value', '::1/129']]],
    ['status:gone OR a', '"a"', [['wrong-value', 'gone']]],
    ['status:all', '', [['wrong-value', 'all']]],
    ['status:active|', '', [['wrong-value', 'active|']]],
    [
      'client:"web app" (auth:sms)',
      '',
      [
        ['wrong-value', '"web app"'],
        ['wrong-value', 'sms'],
      ],
    ],
    ['created:2026-02-30', '', [['wrong-value', '2026-02-30']]],
    ['created:>yesterday', '', [['wrong-value', '>yesterday']]],
    ['created:2026-02-01..2026-01-01', '', [['wrong-value', '2026-02-01..2026-01-01']]],
    ['activity:2h..1h', '', [['wrong-value', '2h..1h']]],
    ['activity:1h..2026-01-01', '', [['wrong-value', '1h..2026-01-01']]],
    ['duration:-8h', '', [['wrong-value', '-8h']]],
    ['idle:>99999999999999999h', '', [['wrong-value', '>99999999999999999h']]],
    ['concurrent:9..3', '', [['wrong-value', '9..3']]],
    ['user: ada', '"ada"', [['missing-value', 'user:']]],
    [
      '-name:"" created:" "',
      '',
      [
        ['missing-value', 'name:""'],
        ['missing-value', 'created:" "'],
      ],
    ],
    ['a OR', '"a"', [['nothing-to-join', 'OR']]],
    ['OR a', '"a"', [['nothing-to-join', 'OR']]],
    ['(OR)', '', [['nothing-to-join', 'OR']]],
    ['a OR OR b', '"a" OR "b"', [['nothing-to-join', 'OR']]],
    [
      'OR OR',
      '',
      [
        ['nothing-to-join', 'OR'],
        ['nothing-to-join', 'OR'],
      ],
    ],
    [
      'OR ip:/ OR',
      '',
      [
        ['nothing-to-join', 'OR'],
        ['wrong-value', '/'],
        ['nothing-to-join', 'OR'],
      ],
    ],
  ] as const)('%j: what is left is %s', ([text, meaning, complaints]) => {
    const { tree, errors } = parseQuery(text, { now });
    expect(printQuery(tree)).toBe(meaning);
    expect(errors.map(({ code, start, end }) => [code, text.slice(start, end)])).toEqual(complaints);
    expect(errors.map(({ start }) => start)).toEqual(errors.map(({ start }) => start).sort((a, b) => a - b));
  });

  test.for([
    ['ip:10.0.0.0/99', 'ip: takes part of an address, or a network such as 10.0.0.0/8 or 2001:db8::/32.'],
    ['status:gone', 'status: takes active or inactive, several with | between them.'],
    ['auth:', 'auth: needs password, sso or api-key, several with | between them.'],
    ['user:', 'user: needs a text, or after = a whole e-mail such as =ada@example.com.'],
    ['concurrent:3..2', 'concurrent: this range ends before it begins.'],
    ['OR', 'OR needs a term on both sides; quoted, it is a word.'],
    ['a '.repeat(33), 'A search has at most 32 terms.'],
  ] as const)('%s in a sentence', ([text, sentence]) => {
    expect(parseQuery(text, { now }).errors).toMatchObject([{ message: sentence }]);
  });
});
