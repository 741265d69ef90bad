import { expect, test } from 'vitest';
import { columns } from './columns.ts';

test('has the columns in their order', () => {
  expect(columns.map(({ title }) => title)).toEqual([
    'User',
    'Session Name',
    'IP Address',
    'User Agent',
    'Status',
    'Created At',
    'Last Activity',
    'Duration',
    'Actions',
  ]);
});

test('is 1500 pixels wide', () => {
  const widths = columns.map(({ width }) => Number(/\d+/.exec(width)?.[0]));
  expect(widths.reduce((sum, width) => sum + width)).toBe(1500);
});
