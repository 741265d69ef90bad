/** Once for all test files: a PostgreSQL server, and a migrated database of each engine that every file's own is a copy of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '../src/database/embedded/open-embedded.ts';
import { ensureTemplate } from '../src/database/embedded/template.ts';
import { templateDirectory } from '../src/database/embedded/template-directory.ts';
import { openPostgresql } from '../src/database/postgresql/open-postgresql.ts';
import { ENGINES } from './engines.ts';
import { type Cluster, createCluster, runOn } from './postgresql-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a server whose database `template` is migrated; only where tests run on PostgreSQL. */
    postgresqlUrl: string;
    /** A migrated database's directory; only where tests run embedded. */
    embeddedTemplate: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await using made = new AsyncDisposableStack();
  if (ENGINES.includes('embedded')) {
    const directory = mkdtempSync(join(tmpdir(), 'rollcall-template-'));
    made.defer(() => rmSync(directory, { recursive: true }));
    await createMigratedDirectory(directory);
    project.provide('embeddedTemplate', join(directory, 'database'));
  }
  if (ENGINES.includes('postgresql')) {
    const cluster = await createCluster();
    made.defer(() => cluster.destroy());
    await createMigratedDatabase(cluster);
    project.provide('postgresqlUrl', cluster.url);
  }
  const teardown = made.move();
  return () => teardown.disposeAsync();
}

async function createMigratedDatabase(cluster: Cluster): Promise<void> {
  await runOn(cluster.url, 'create database template');
  const database = await openPostgresql({ url: new URL('/template', cluster.url).href });
  await database.close();
}

async function createMigratedDirectory(directory: string): Promise<void> {
  await ensureTemplate(templateDirectory());
  const database = await openEmbedded({ directory });
  await database.close();
}
