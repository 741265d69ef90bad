/** Texts that nobody means well: marks without words, halves of pairs, halves of characters. */
import fc from 'fast-check';

const marks = fc.string({ unit: fc.constantFrom(...'ab -":()|<>.\\%_\u00B4\uD800\uDC00\n\0'), maxLength: 80 });
const pieces = fc
  .array(fc.constantFrom('OR', '(', ')', '-', '"', 'ip:', 'ip:1/99', 'created:>2026-02-30', 'user:ada', ' ', 'x'))
  .map((parts) => parts.join(''));
const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((codes) => codes.map((code) => String.fromCharCode(code)).join(''));

export const hostileText: fc.Arbitrary<string> = fc.oneof(marks, pieces, units, fc.string({ unit: 'binary' }));
