/** A fresh, migrated database for one test file. */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Database } from '../src/database/database.ts';
import { openEmbedded } from '../src/database/embedded/open-embedded.ts';
import { openPostgresql } from '../src/database/postgresql/open-postgresql.ts';
import type { EngineName } from './engines.ts';
import { runOn } from './postgresql-cluster.ts';

export interface TestDatabase {
  database: Database;
  /** What `openDatabase` takes to open it once more: beside it on PostgreSQL, after it when embedded. */
  options: { url: string } | { directory: string };
  /** Closes and deletes it. */
  destroy(): Promise<void>;
}

/** Opened in `beforeAll`, destroyed in `afterAll`: a file shares one, each test makes organizations of its own. */
export function openTestDatabase(engine: EngineName): Promise<TestDatabase> {
  return engine === 'embedded' ? openEmbeddedCopy() : openPostgresqlCopy();
}

/** A data directory that holds a migrated database which nobody has open. */
export function copyDataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  cpSync(inject('embeddedTemplate'), join(directory, 'database'), { recursive: true });
  return directory;
}

async function openEmbeddedCopy(): Promise<TestDatabase> {
  const options = { directory: copyDataDirectory() };
  const database = await openEmbedded(options);
  return {
    database,
    options,
    async destroy() {
      await database.close();
      rmSync(options.directory, { recursive: true });
    },
  };
}

async function openPostgresqlCopy(): Promise<TestDatabase> {
  const server = inject('postgresqlUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOn(server, `create database ${name} template template`);
  const options = { url: new URL(`/${name}`, server).href };
  const database = await openPostgresql(options);
  return {
    database,
    options,
    async destroy() {
      await database.close();
      await runOn(server, `drop database ${name} with (force)`);
    },
  };
}
