/** Where the build puts the template of an empty data directory. It belongs to the PGlite that made it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export function templateDirectory(): string {
  const dist = import.meta.url.endsWith('.ts') ? '../../../dist' : '.';
  return templateIn(fileURLToPath(new URL(dist, import.meta.url)));
}

export function templateIn(dist: string): string {
  return join(dist, `database-template-${pgliteVersion()}`);
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = join(dirname(entry), '..', 'package.json');
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'));
  return version;
}
