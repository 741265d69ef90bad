/** What tokens are signed with. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed } from '../commands/command.ts';
import { type Configuration, secretMissing } from '../config.ts';

type Random = (bytes: number) => Uint8Array;

/** The configured ones, or the one that is kept in the data directory; it is made when there is none. */
export function secretsFor(
  { secrets = [], databaseUrl, dataDirectory }: Pick<Configuration, 'secrets' | 'databaseUrl' | 'dataDirectory'>,
  random: Random,
): readonly [string, ...string[]] {
  const [first, ...former] = secrets;
  if (first !== undefined) return [first, ...former];
  if (databaseUrl !== undefined) throw secretMissing('with DATABASE_URL every node needs the same one');
  return [keptSecret(join(dataDirectory, 'secret'), random)];
}

function keptSecret(path: string, random: Random): string {
  if (!existsSync(path)) writeWhole(path, Buffer.from(random(32)).toString('base64url'));
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length >= 32) return secret;
  throw new CommandFailed(`${path} is damaged: restore it, or delete it, which signs everybody out`);
}

// Under its name only when it is whole and on the disk: half a secret would be kept for good.
function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, text, { mode: 0o600, flush: true });
  renameSync(unfinished, path);
}
