import { expect, test } from 'vitest';
import { SessionExportQuery } from './session-export.ts';

test('everything has a default', () => {
  expect(SessionExportQuery.parse({})).toEqual({ format: 'csv', search: '', status: 'all', sort: '-createdAt' });
});

test.each([{ format: 'xlsx' }, { sort: 'duration' }, { page: 1 }, { search: 'x '.repeat(33) }])(
  '%j is refused',
  (query) => {
    expect(SessionExportQuery.safeParse(query).success).toBe(false);
  },
);
