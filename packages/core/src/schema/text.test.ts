import { describe, expect, test } from 'vitest';
import { PlainText } from './text.ts';

describe('plain text', () => {
  test.for([
    ['', 'nothing'],
    ['Ada’s MacBook – Büro 3', 'punctuation and accents'],
    ['日本語 العربية עברית', 'every script, also those written from right to left'],
    ['👩‍💻 \u{10FFFF}', 'characters beyond U+FFFF, joined'],
    ['\\ % _ : \' " < >', 'characters with a meaning elsewhere'],
  ] as const)('%j may be (%s)', ([text]) => {
    expect(PlainText.parse(text)).toBe(text);
  });

  test.for([
    ['a\0b', 'NUL'],
    ['a\nb', 'a line break'],
    ['a\tb', 'a tab'],
    ['\u001b[31m', 'a terminal escape'],
    ['a\u007fb', 'delete'],
    ['a\u0085b', 'a control character beyond ASCII'],
    ['a\u2028b', 'a line separator'],
    ['a\u2029b', 'a paragraph separator'],
    ['a\ud800b', 'a lone high surrogate'],
    ['\udc00', 'a lone low surrogate'],
    ...[...'\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069'].map(
      (mark) => [`a${mark}b`, 'a change of direction'] as const,
    ),
  ] as const)('%j may not be (%s)', ([text]) => {
    expect(PlainText.safeParse(text).success).toBe(false);
  });
});
