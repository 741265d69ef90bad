/** What is written here for its speed is what the library writes that everybody knows. */
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

const edges = fc.constantFrom(...'=+-@,"\'ab \t\uFF1D\uFF0B\uFF0D\uFF20é\u{1F600}', '\r\n');
const cell = fc.oneof(
  fc.string({ unit: edges }),
  fc.constant(undefined),
  fc.record({ name: fc.string({ unit: edges }) }),
);
const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1 });

test('is what csv-stringify writes', () => {
  fc.assert(
    fc.property(rows, (any) => {
      expect(csvOf(any)).toBe(stringify(any, { record_delimiter: 'windows', escape_formulas: true }));
    }),
  );
});

test('says yes and no by name, and quotes half a line break too', () => {
  expect(csvOf([[true, false, 1]])).toBe('true,false,1\r\n');
  expect(csvOf([['a\nb', 'a\rb']])).toBe('"a\nb","a\rb"\r\n');
});
