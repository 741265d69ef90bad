import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weaknessOf } from './password.ts';

const common = new Set(['password', 'passwordpassword', 'qwertyuiop123', 'iloveyou']);
const isCommon = (folded: string) => common.has(folded);
const about = ['ada.lovelace@example.com', 'Acme Ltd'];

test.for([
  ['correct horse battery', undefined],
  ['😀 naïve ключ', undefined],
  [`${'x'.repeat(64)}${'y'.repeat(64)}`, undefined],
  ['QwertyUiop123', 'common'],
  ['PasswordPassword', 'common'],
  ['iloveyouiloveyou', 'repetitive'],
  ['aaaaaaaaaaaaaaaa', 'repetitive'],
  ['123412341234123', 'repetitive'],
  ['uncommonuncommon', 'repetitive'],
  ['qwertyuiop123qwertyuiop123', 'repetitive'],
  ['twelve chars twelve chars ', undefined],
  ['ada.lovelace@example.com', 'about-user'],
  ['LovelaceAda2026', 'about-user'],
  ['acmeexample!!', 'about-user'],
  ['Lovelace has a long secret', undefined],
] as const)('%s: %s', ([password, weakness]) => {
  expect(weaknessOf(password, { isCommon, about })).toBe(weakness);
});

describe('any text of fitting length', () => {
  test('is taken where nothing is known, unless it repeats itself', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), { minLength: 24, maxLength: 40 }),
        (characters) => {
          const password = characters.join('');
          fc.pre([...password].length <= 128 && new Set(password).size > 12);
          expect(weaknessOf(password, { isCommon: () => false })).toBeUndefined();
        },
      ),
    );
  });
});
