import { expect, test } from 'vitest';
import { mostTerminations, TerminationsRequest } from './terminations.ts';

const requestId = '0190f2f0-7c1e-7aaa-8bbb-00000000000b';
const mark = { at: '2026-11-23T09:42:19.000Z', count: 3 };

test.each([{ search: '', mark }, { search: 'ada', mark }, { requestIds: [requestId] }])(
  '%j says what is meant',
  (request) => {
    expect(TerminationsRequest.parse(request)).toEqual(request);
  },
);

test.each([
  {},
  { search: 'ada', mark, requestIds: [requestId] },
  { search: 'ada' },
  { requestIds: [requestId], mark },
  { requestIds: [] },
  { requestIds: Array.from({ length: mostTerminations + 1 }, () => requestId) },
  { requestIds: ['1'] },
  { search: 'ada', mark: { ...mark, count: -1 } },
  { search: 'ada', mark, everything: true },
])('%j is refused', (request) => {
  expect(TerminationsRequest.safeParse(request).success).toBe(false);
});
