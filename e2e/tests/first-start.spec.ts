import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../src/test.ts';

const dist = fileURLToPath(new URL('../../apps/server/dist', import.meta.url));

// PostgreSQL gives every database that it makes an identifier of its own; a copy has the same.
const identifierIn = (pgControl: string) => readFileSync(pgControl).subarray(0, 8).toString('hex');

test('a first start copies the database that the build made, instead of taking seconds to make one', ({ rollcall }) => {
  const templates = globSync(`${dist}/database-template-*/global/pg_control`);
  expect(templates.map(identifierIn)).toEqual([identifierIn(`${rollcall.dataDirectory}/database/global/pg_control`)]);
});
