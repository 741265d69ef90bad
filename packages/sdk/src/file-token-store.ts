/**
 * A token that all programs of one user share, and that outlives them.
 *
 * The file itself names the session, by the token it began with; each later token is in a file beside it, whose name ends in its number. The highest number
 * counts, so a program that was stopped for a while before it wrote cannot bring an older token back, and nobody needs a lock.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseToken } from '@rollcall/core/token';
import { isNextOf, type TokenStore } from './token-store.ts';

/**
 * Keeps the token in a file that only its owner may read (mode 0600), in a directory that is made where it is missing, for its owner alone. What is written is on the disk before it is used,
 * and whole or not there at all. Any number of programs may share the file; a local file system is needed, one whose renames are atomic (POSIX).
 */
export function fileTokenStore(path: string): TokenStore {
  return {
    read: () => newestToken(path),
    async write(token) {
      if (token === undefined) await rm(path, { force: true });
      else await put(path, token);
      await tidy(path);
    },
    async advance(next) {
      const parts = parseToken(next);
      if (parts === undefined || !isNextOf(next, await newestToken(path))) return;
      await put(`${path}.${parts.requestId}.${parts.number}`, next);
      await tidy(path);
    },
  };
}

async function newestToken(path: string): Promise<string | undefined> {
  for (;;) {
    const first = await readIfThere(path);
    const session = parseToken(first ?? '');
    if (session === undefined) return first;
    const later = (await laterTokens(path)).filter(({ requestId }) => requestId === session.requestId);
    const [newest] = later.sort((a, b) => b.number - a.number);
    const token = newest ? await readIfThere(newest.path) : first;
    // Somebody had a later one and took this away, or left the session and all its tokens: look again.
    if (token !== undefined && (await readIfThere(path)) === first) return token;
  }
}

/** Takes away what does not count any more: earlier tokens of the session, and all of others. */
async function tidy(path: string): Promise<void> {
  // In this order: what is kept is then no older than anything that is taken away.
  const there = await laterTokens(path);
  const kept = parseToken((await newestToken(path)) ?? '');
  for (const { path: file, requestId, number } of there) {
    if (kept?.requestId !== requestId || number < kept.number) await rm(file, { force: true });
  }
}

interface TokenFile {
  readonly path: string;
  readonly requestId: string;
  readonly number: number;
}

async function laterTokens(path: string): Promise<TokenFile[]> {
  const [directory, name] = [dirname(path), basename(path)];
  const found: TokenFile[] = [];
  for (const file of await filesIn(directory)) {
    const [, requestId, number] =
      (file.startsWith(name) && /^\.([0-9a-f-]{36})\.(\d+)$/.exec(file.slice(name.length))) || [];
    if (requestId && number) found.push({ path: join(directory, file), requestId, number: Number(number) });
  }
  return found;
}

async function filesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** All of it or nothing, also when the power fails. */
async function put(path: string, token: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}.draft`;
  try {
    const file = await open(draft, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
    try {
      await file.writeFile(`${token}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const directory = await open(dirname(path), constants.O_RDONLY);
  await directory.sync().finally(() => directory.close());
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
