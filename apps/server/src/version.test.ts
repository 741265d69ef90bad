import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Workplace } from '../test/rollcall-process.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const Manifest = z.object({ version: z.string().regex(/^\d+\.\d+\.\d+$/) });
const { version } = Manifest.parse(JSON.parse(read('apps/server/package.json')));

test('the command says the version of its package', async () => {
  await using place = new Workplace();
  expect(await place.run(['--version'])).toEqual({ exitCode: 0, printed: `${version}\n`, complained: '' });
});

test('the OpenAPI document says the same', () => {
  const Document = z.object({ info: Manifest });
  expect(Document.parse(JSON.parse(read('apps/server/openapi.json'))).info.version).toBe(version);
});

test('it is the newest one in CHANGELOG.md', () => {
  const [, newest] = /^## (\d+\.\d+\.\d+)/m.exec(read('CHANGELOG.md')) ?? [];
  expect(newest).toBe(version);
});

test('all parts of the product have it', () => {
  const manifests = globSync('{apps,packages}/*/package.json', { cwd: root });
  expect(manifests.length).toBeGreaterThan(3);
  for (const path of manifests) expect(Manifest.parse(JSON.parse(read(path))).version, path).toBe(version);
});
