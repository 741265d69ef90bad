import { listColumns, usualColumns } from '@rollcall/core/list-column';
import { expect, test } from 'vitest';
import { actions, columns } from './columns.ts';

test('offers every column, in the order of the wire', () => {
  expect(Object.keys(columns)).toEqual(listColumns);
});

test('is usually 1160 pixels wide', () => {
  const widths = [...usualColumns.map((name) => columns[name]), actions].map(({ width }) =>
    Number(/\d+/.exec(width)?.[0]),
  );
  expect(widths.reduce((sum, width) => sum + width)).toBe(1160);
});
