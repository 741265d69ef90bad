import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
let folder = '';
let tarball = new Uint8Array();

// what is packed is what `build` made, so it is made anew here
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-sdk-'));
  await run('tsdown', [], { cwd: root });
  await run('pnpm', ['pack', '--pack-destination', folder], { cwd: root });
  const [name = ''] = await readdir(folder);
  tarball = new Uint8Array(await readFile(join(folder, name)));
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

test('publint has nothing to say', async () => {
  const { messages } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  expect(messages).toEqual([]);
});

test('its types resolve wherever ES modules do', async () => {
  const result = await checkPackage(createPackageFromTarballData(tarball));
  const problems = result.types === false ? ['no types'] : result.problems;
  // require() gets an ES module, which Node.js 20.19 and newer can load; older resolvers know no `exports`
  const expected = new Set(['CJSResolvesToESM', 'NoResolution']);
  expect(problems.filter((problem) => typeof problem === 'string' || !expected.has(problem.kind))).toEqual([]);
  expect(
    problems.filter(
      (problem) =>
        typeof problem !== 'string' && problem.kind === 'NoResolution' && problem.resolutionKind !== 'node10',
    ),
  ).toEqual([]);
});

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'dist', entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'rollcallSdk',
    platform: 'browser',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

test('the client is small: under 12 kB in a browser', async () => {
  const kilobytes = gzipSync(await bundle('index.js')).length / 1000;
  console.log(`@rollcall/sdk in a browser: ${kilobytes.toFixed(1)} kB, gzipped`);
  expect(kilobytes).toBeLessThan(12);
});

test('needs nothing but fetch and what comes with it', async () => {
  const answer = { totalSessions: 3 };
  const context = vm.createContext({
    ...{ Request, Response, Headers, URL, URLSearchParams, AbortSignal },
    fetch: async () => Response.json(answer),
  });
  vm.runInContext(await bundle('index.js'), context);
  const call = "rollcallSdk.createRollcall({ baseUrl: 'http://rollcall.test' }).statistics()";
  expect(await vm.runInContext(call, context)).toEqual(answer);
});
