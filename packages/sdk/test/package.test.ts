/** The package as it is published: packed, looked at, type-checked by a user, bundled for a browser and run there. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
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
import { problem } from './client.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
/** A user's project, in which the package is installed. */
let project = '';
let installed = '';
let tarball = new Uint8Array();

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'rollcall-sdk-'));
  installed = join(project, 'node_modules/@rollcall/sdk');
  await mkdir(installed, { recursive: true });
  // which builds it
  await run('pnpm', ['pack', '--out', join(project, 'sdk.tgz')], { cwd: root });
  await run('tar', ['-xzf', join(project, 'sdk.tgz'), '-C', installed, '--strip-components=1']);
  await symlink(join(root, 'node_modules/openapi-fetch'), join(project, 'node_modules/openapi-fetch'));
  tarball = new Uint8Array(await readFile(join(project, 'sdk.tgz')));
});
afterAll(() => rm(project, { recursive: true }));

test('publint has nothing to say', async () => {
  const { messages } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  expect(messages).toEqual([]);
});

test('its types are right wherever ES modules are resolved', async () => {
  const result = await checkPackage(createPackageFromTarballData(tarball));
  const notForEsModules = new Set(['node10', 'node16-cjs']);
  const problems = result.types === false ? ['no types'] : result.problems;
  const ours = problems.filter(
    (found) => typeof found === 'string' || !('resolutionKind' in found && notForEsModules.has(found.resolutionKind)),
  );
  expect(ours).toEqual([]);
});

test.each([
  ['.js', ['openapi-fetch']],
  // whoever uses an adapter has its framework
  ['.d.ts', ['fastify', 'hono', 'openapi-fetch']],
])('nothing in its %s files imports what is not published or not needed', async (extension, expected) => {
  const isForNode = /^file-token-store\./;
  const files = (await readdir(join(installed, 'dist'))).filter(
    (file) => file.endsWith(extension) && !isForNode.test(file),
  );
  const texts = await Promise.all(files.map((file) => readFile(join(installed, 'dist', file), 'utf8')));
  const imported = texts.flatMap((text) =>
    [...text.matchAll(/\bfrom ['"]([^.'"][^'"]*)['"]/g)].map(([, name]) => name),
  );
  expect(new Set(imported)).toEqual(new Set(expected));
});

test('a user can type-check against it, its declarations included, without Node.js’s types', async () => {
  const compilerOptions = { module: 'nodenext', lib: ['es2022', 'dom'], types: [], strict: true, noEmit: true };
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const program = `
    import { createRollcall, type Session } from '@rollcall/sdk';
    import { requireSession } from '@rollcall/sdk/node';
    import { durationMinutes, judgeTermination, statisticsOf } from '@rollcall/sdk/rules';
    import { requireSession as handleSession } from '@rollcall/sdk/sveltekit';
    import { createVerifier } from '@rollcall/sdk/verifier';
    export const guards = [requireSession(createVerifier({ baseUrl: '' })), handleSession(createVerifier({ baseUrl: '' }))];
    const sessions: Session[] = (await createRollcall({ baseUrl: '' }).listSessions()).sessions;
    export const answers: number[] = [...sessions.map(durationMinutes), statisticsOf(sessions, '').totalSessions];
    // @ts-expect-error a session is no actor
    judgeTermination(sessions[0], undefined, '');
  `;
  await writeFile(join(project, 'program.ts'), program);
  const { stdout } = await run('tsc', ['-p', project]);
  expect(stdout).toBe('');
});

test('the client is under 12 kB in a browser', async () => {
  const bytes = gzipSync(await bundle("export * from '@rollcall/sdk'")).length;
  console.log(`@rollcall/sdk in a browser: ${(bytes / 1000).toFixed(1)} kB gzipped`);
  expect(bytes).toBeLessThan(12_000);
});

test('a rule brings only itself', async () => {
  const one = await bundle("export { durationMinutes } from '@rollcall/sdk/rules'");
  expect(one.length).toBeLessThan(1250);
});

test('runs where there is nothing but fetch and what belongs to it', async () => {
  const web = {
    Request,
    Response,
    Headers,
    FormData,
    URL,
    URLSearchParams,
    AbortController,
    AbortSignal,
    DOMException,
  };
  const answers = [
    Response.json({ session: {}, token: 'rct_token' }, { status: 201 }),
    Response.json({ sessions: [{ requestId: 'one' }], total: 1, totalIsExact: true, page: 1, pageSize: 100 }),
    Response.json(problem, { status: 409 }),
  ];
  const fetch = async () => answers.shift() ?? Response.error();
  const context = vm.createContext({ ...web, setTimeout, clearTimeout, fetch });
  vm.runInContext(await bundle("export * from '@rollcall/sdk'"), context);
  const program = `(async () => {
    const rollcall = sdk.createRollcall({ baseUrl: 'http://rollcall.test' });
    await rollcall.signIn({ email: 'ada@example.com', password: 'a password' });
    const ids = [];
    for await (const { requestId } of rollcall.sessions()) ids.push(requestId);
    const failure = await rollcall.endSession('one').catch((error) => error);
    return JSON.stringify([ids, failure instanceof sdk.RollcallError, failure.code]);
  })()`;
  expect(JSON.parse(await vm.runInContext(program, context))).toEqual([['one'], true, 'not-active']);
});

/** A module of the user's project for a browser, as a script that leaves its exports in `sdk`. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'sdk',
    platform: 'browser',
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}
