import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Token, tokensOf } from './tokens.ts';

describe('a text is cut', () => {
  test.for([
    ['', []],
    [' \t\n\u3000', []],
    ['ada Grace', ['ada', 'grace']],
    ['a:b 2001:db8::1 https://x C:\\x', ['a:b', '2001:db8::1', 'https://x', 'c:\\x']],
    ['"Ada Lovelace"', ['ada lovelace']],
    ['"say \\"hi\\" C:\\x \\\\"', ['say "hi" c:\\x \\']],
    ['"ada love', ['ada love']],
    ['"ada\\"', ['ada"']],
    ['"ada\n\ngrace"', ['ada grace']],
    ['"a""b"c', ['a', 'b', 'c']],
    ['"" " "', ['', '']],
    ['5" a"b c"', ['5"', 'a"b', 'c"']],
    ['a OR b', ['a', '<or>', 'b']],
    ['or Or ORa "OR" -OR', ['or', 'or', 'ora', 'or', '<not>', 'or']],
    ['-a --b -"c"', ['<not>', 'a', '<not>', 'b', '<not>', 'c']],
    ['- -- a-b a-', ['-', '--', 'a-b', 'a-']],
    ['(a b)', ['<open>', 'a', 'b', '<close>']],
    ['-(-a)', ['<not>', '<open>', '<not>', 'a', '<close>']],
    ['(-)', ['<open>', '-', '<close>']],
    ['(a', ['<open>', 'a']],
    ['a) :) )', ['a)', ':)', ')']],
    ['(a)))b', ['<open>', 'a', '<close>', 'b']],
    ['((a)))) b', ['<open>', '<open>', 'a', '<close>', '<close>', 'b']],
    ['(a) )', ['<open>', 'a', '<close>', ')']],
    ['f(x) f( (g(x) (y))', ['f(x)', 'f(', '<open>', 'g(x)', '<open>', 'y', '<close>', '<close>']],
    ['(a)b', ['<open>', 'a', '<close>', 'b']],
    ['（a） －b', ['(a)', '-b']],
    ['a\u00B4b', ['a \u0301b']],
    ['user:ada', ['user=ada']],
    ['USER:Ada', ['user=Ada']],
    ['user:', ['user=']],
    ['user: ada', ['user=', 'ada']],
    ['user:"Ada L" x', ['user=Ada L', 'x']],
    ['user:"Ada \\"L', ['user=Ada "L']],
    ['-user:ada', ['<not>', 'user=ada']],
    ['(user:ada)', ['<open>', 'user=ada', '<close>']],
    ['user:f(x) user:a) user:-b user:OR', ['user=f(x)', 'user=a)', 'user=-b', 'user=OR']],
    ['ip:2001:db8::/32', ['ip=2001:db8::/32']],
    ['"user:ada" xuser:ada user :ada', ['user:ada', 'xuser:ada', 'user', ':ada']],
  ] as const)('%j: %j', ([text, tokens]) => {
    expect([...tokensOf(text)].map(written)).toEqual(tokens);
  });

  test('and every piece knows its place', () => {
    const text = ' -user:"Ada L" (--x) ';
    expect([...tokensOf(text)].map(({ at }) => text.slice(at.start, at.end))).toEqual([
      ...['-', 'user:"Ada L"', '(', '--', 'x', ')'],
    ]);
    expect([...tokensOf(text)].find(({ kind }) => kind === 'operation')).toMatchObject({
      valueAt: { start: 7, end: 14 },
    });
  });
});

test('whatever the text, the pieces follow one another and leave out nothing but blanks', () => {
  const unit = fc.constantFrom(...'ab -":()\\ORuser\u00B4\uD800\uDC00\n');
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit }), fc.string({ unit: 'binary' })), (text) => {
      let end = 0;
      for (const { at } of tokensOf(text)) {
        expect(text.slice(end, at.start).trim()).toBe('');
        expect(at.end).toBeGreaterThan(at.start);
        end = at.end;
      }
      expect(text.slice(end).trim()).toBe('');
    }),
  );
});

function written(token: Token): string {
  if (token.kind === 'words') return token.words.join(' ');
  return token.kind === 'operation' ? `${token.operator.name}=${token.value}` : `<${token.kind}>`;
}
