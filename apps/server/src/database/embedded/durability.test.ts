/** What is acknowledged survives: a killed process, and as far as a program can see to it, a power cut. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Child } from '../../../test/child.ts';
import { ENGINES } from '../../../test/engines.ts';
import { seedSession } from '../../../test/seed.ts';
import { copyDataDirectory } from '../../../test/test-database.ts';
import { openEmbedded } from './open-embedded.ts';

const WRITER = new URL('../../../test/processes/write-events.ts', import.meta.url);
const ROUNDS = process.env['ROLLCALL_LONG_TESTS'] === undefined ? 3 : 40;

describe.runIf(ENGINES.includes('embedded'))('an embedded database', () => {
  let directory: string;
  let organizationId: string;

  beforeAll(async () => {
    directory = copyDataDirectory();
    const database = await openEmbedded({ directory });
    organizationId = (await seedSession(database)).organization_id;
    await database.close();
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it(
    'has every row that was acknowledged before its process was killed',
    async () => {
      const acknowledged = new Set<string>();
      for (let round = 0; round < ROUNDS; round += 1) {
        await using writer = Child.start(WRITER, [directory, organizationId]);
        const killedAfter = 20 + Math.floor(Math.random() * 150);
        for (let line = 0; line < killedAfter; line += 1) acknowledged.add((await writer.line()) ?? '');
        writer.process.kill('SIGKILL');
        // what it still managed to say
        for (let line = await writer.line(); line?.length === 36; line = await writer.line()) acknowledged.add(line);
        await writer.exit();
        const kept = await eventsIn(directory, organizationId);
        expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
      }
      expect(acknowledged.size).toBeGreaterThanOrEqual(20 * ROUNDS);
    },
    ROUNDS * 15_000,
  );

  it('calls the real fsync at every commit', async () => {
    const idle = await countSyncs(0);
    const writing = await countSyncs(25);
    expect(writing - idle).toBeGreaterThanOrEqual(25);
  });

  // Node itself keeps the count: it is told to trace what it asks of the file system.
  async function countSyncs(commits: number): Promise<number> {
    const traces = mkdtempSync(join(tmpdir(), 'rollcall-trace-'));
    try {
      const pattern = join(traces, 'trace.$' + '{rotation}.json');
      const flags = ['--trace-event-categories', 'node.fs.sync', '--trace-event-file-pattern', pattern];
      await using writer = Child.start(WRITER, [directory, organizationId, String(commits)], flags);
      expect(await writer.exit()).toBe(0);
      const trace = readdirSync(traces).map((name) => readFileSync(join(traces, name), 'utf8'));
      return [...trace.join('').matchAll(/"ph":"B","cat":"[^"]*","name":"fs.sync.fsync"/g)].length;
    } finally {
      rmSync(traces, { recursive: true });
    }
  }
});

async function eventsIn(directory: string, organizationId: string): Promise<Set<string>> {
  const database = await openEmbedded({ directory });
  try {
    const events = await database.inOrganization(organizationId, (tx) =>
      tx.selectFrom('audit_events').select('event_id').execute(),
    );
    return new Set(events.map((event) => event.event_id));
  } finally {
    await database.close();
  }
}
