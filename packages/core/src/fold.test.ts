import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from './fold.ts';

const lastCodePoint = 0x10ffff;

describe('folding makes alike', () => {
  test.for([
    ['Ada@Example.COM', 'ada@example.com', 'ASCII'],
    ['Straße STRASSE STRAẞE', 'strasse strasse strasse', 'ß, SS and ẞ'],
    ['ΟΔΥΣΣΕΥΣ οδυσσευς', 'οδυσσευσ οδυσσευσ', 'every sigma, the final one too'],
    ['I ı', 'i i', 'I and the dotless ı'],
    ['ＡＤＡ＠１２', 'ada@12', 'full-width letters, digits and signs'],
    ['ﬁ ﬀ ℃ ²', 'fi ff °c 2', 'ligatures and compatibility forms'],
    ['É E\u0301 é e\u0301', 'é é é é', 'composed and decomposed marks'],
    ['\u1FB3 \u1FBC \u0391\u0345 \u0391\u0399', 'αι αι αι αι', 'iota below and beside'],
    ['\uAB70 \u13A0', '\uAB70 \uAB70', 'Cherokee, whose lower case came later'],
    ['\u{10400} \u{10428}', '\u{10428} \u{10428}', 'letters beyond U+FFFF'],
    ['K \u212A Å \u212B', 'k k å å', 'units that are letters'],
  ] as const)('%s -> %s (%s)', ([text, folded]) => {
    expect(fold(text)).toBe(folded);
  });

  test('but İ keeps its dot, as Unicode has it', () => {
    expect(fold('İ')).toBe('i\u0307');
    expect(fold('İ')).not.toBe(fold('I'));
  });

  test('but not what has different letters', () => {
    expect(fold('é')).not.toBe(fold('e'));
    expect(fold('ö')).not.toBe(fold('oe'));
  });
});

test('a lone surrogate stays what it is', () => {
  expect(fold('A\uD800ß\uDFFF')).toBe('a\uD800ss\uDFFF');
});

test('no single character needs to be folded twice, nor does its case matter', () => {
  const wrong: string[] = [];
  for (let code = 0; code <= lastCodePoint; code += 1) {
    const character = String.fromCodePoint(code);
    const folded = fold(character);
    const variants = [folded, character.toUpperCase(), character.toLowerCase()];
    const changed = variants.filter((variant) => variant !== character);
    if (changed.some((variant) => fold(variant) !== folded)) wrong.push(`U+${code.toString(16)}`);
  }
  expect(wrong).toEqual([]);
}, 60_000);

test('what Unicode’s simple folding makes alike, ours does', () => {
  const letters = lettersWithCase();
  const text = letters.join('');
  const wrong = letters.filter((letter) =>
    text.match(new RegExp(letter, 'giu'))?.some((alike) => fold(alike) !== fold(letter)),
  );
  expect(letters.length).toBeGreaterThan(2800);
  expect(wrong).toEqual([]);
});

describe('of any text', () => {
  const marks = fc.constantFrom(...'\u0300\u0301\u0307\u0308\u0313\u0323\u0327\u0342\u0345\u0328');
  const cased = fc.constantFrom(...lettersWithCase());
  const sigma = fc.constantFrom(...'Σσς .\u00AD');
  const unit = fc.oneof(cased, marks, sigma, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }));
  const text = fc.oneof(fc.string({ unit }), fc.string({ unit: 'binary' }), fc.string());

  test('folding what is folded changes nothing', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(fold(fold(any))).toBe(fold(any));
      }),
    );
  });

  // Upper case makes a letter of the mark U+0345: of text that is not normal, it would carry the marks that follow it.
  test('case makes no difference', () => {
    fc.assert(
      fc.property(text, (any) => {
        const normal = any.normalize('NFKC');
        expect(fold(normal.toUpperCase())).toBe(fold(any));
        expect(fold(normal.toLowerCase())).toBe(fold(any));
      }),
    );
  });

  test('the normal form makes no difference', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (any, form) => {
        expect(fold(any.normalize(form))).toBe(fold(any));
      }),
    );
  });

  test('lines are folded one by one', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(fold(`${a}\n${b}`)).toBe(`${fold(a)}\n${fold(b)}`);
      }),
    );
  });
});

function lettersWithCase(): string[] {
  return Array.from({ length: lastCodePoint + 1 }, (_, code) => String.fromCodePoint(code)).filter(
    (character) => character !== character.toLowerCase() || character !== character.toUpperCase(),
  );
}
