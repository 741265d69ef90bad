import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secretsFor } from './secrets.ts';

const own = 'a secret that is long enough to sign with';

function emptyDirectory() {
  const path = mkdtempSync(join(tmpdir(), 'rollcall-secrets-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

test('the configured secrets are taken, whatever is in the data directory', () => {
  const environment = { secrets: [own, `former ${own}`], databaseUrl: undefined, dataDirectory: '/nowhere' };
  expect(secretsFor(environment, randomBytes)).toEqual([own, `former ${own}`]);
});

test('one is made for the data directory, readable by its owner alone, and kept', () => {
  using directory = emptyDirectory();
  const configuration = { secrets: undefined, databaseUrl: undefined, dataDirectory: directory.path };
  const [made] = secretsFor(configuration, randomBytes);
  expect(made.length).toBeGreaterThanOrEqual(43);
  expect(secretsFor(configuration, randomBytes)).toEqual([made]);
  const file = join(directory.path, 'secret');
  expect(readFileSync(file, 'utf8')).toBe(made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('every data directory has another one', () => {
  using one = emptyDirectory();
  using other = emptyDirectory();
  const made = [one, other].map(({ path }) =>
    secretsFor({ secrets: undefined, databaseUrl: undefined, dataDirectory: path }, randomBytes),
  );
  expect(made[0]).not.toEqual(made[1]);
});

test('a damaged one is refused, not made anew: every token would be void', () => {
  using directory = emptyDirectory();
  writeFileSync(join(directory.path, 'secret'), '');
  const configuration = { secrets: undefined, databaseUrl: undefined, dataDirectory: directory.path };
  expect(() => secretsFor(configuration, randomBytes)).toThrow(/secret is damaged/);
});

test('with PostgreSQL it has to be configured: all nodes need the same one', () => {
  const configuration = { secrets: undefined, databaseUrl: 'postgres://db/rollcall', dataDirectory: '/nowhere' };
  expect(() => secretsFor(configuration, randomBytes)).toThrow(/^ROLLCALL_SECRET is not set: with DATABASE_URL/);
});
