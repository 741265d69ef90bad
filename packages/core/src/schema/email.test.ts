import { describe, expect, test } from 'vitest';
import { Email } from './email.ts';

describe('an e-mail address', () => {
  test.for([
    ['ada@example.com', 'plain'],
    ['Ada.Lovelace+work@Example.COM', 'with capitals, a point and a tag'],
    ['ada@localhost', 'of a host'],
    ['a@b', 'of one letter each'],
    ['o’neil@exämple.test', 'with letters of other scripts'],
    ['ユーザー@例え.テスト', 'in another script'],
    ["!#$%&'*+-/=?^_`{|}~@example.com", 'with every sign that needs no quotes'],
    [`${'a'.repeat(64)}@${'b'.repeat(189)}`, 'as long as can be'],
    [`a@${'b'.repeat(252)}`, 'as long as can be, nearly all of it domain'],
  ] as const)('%s (%s)', ([text]) => {
    expect(Email.parse(text)).toBe(text);
  });
});

describe('no e-mail address', () => {
  test.for([
    ['', 'nothing'],
    ['ada', 'without @'],
    ['@example.com', 'without a name'],
    ['ada@', 'without a domain'],
    ['ada@home@example.com', 'with two @'],
    ['ada lovelace@example.com', 'with a blank'],
    ['ada@example.com ', 'with a blank at the end'],
    ['ada@example.com\n', 'with a line break'],
    ['ada\u00A0@example.com', 'with a no-break space'],
    ['"ada"@example.com', 'in quotes'],
    ['ada@"example".com', 'with quotes in the domain'],
    ['ada\0@example.com', 'with NUL'],
    ['ada@exam\0ple.com', 'with NUL in the domain'],
    ['ada\u202E@example.com', 'with a change of direction'],
    ['ada\u200B@example.com', 'with an invisible blank'],
    ['ada@example\u00AD.com', 'with a soft hyphen'],
    ['\uFEFFada@example.com', 'with a byte order mark'],
    ['ada\uD800@example.com', 'with a lone surrogate'],
    [`${'a'.repeat(65)}@example.com`, 'with too long a name'],
    [`a@${'b'.repeat(253)}`, 'too long as a whole'],
    [`${'a'.repeat(64)}@${'b'.repeat(190)}`, 'too long as a whole, both parts'],
  ] as const)('%j (%s)', ([text]) => {
    expect(Email.safeParse(text).success).toBe(false);
  });
});
