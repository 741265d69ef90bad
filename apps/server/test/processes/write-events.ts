/** Writes audit events of one organization, `count` of them or until it is ended, and prints each id once it is committed. */
import { randomUUID } from 'node:crypto';
import { openEmbedded } from '../../src/database/embedded/open-embedded.ts';

const [directory = '', organization_id = '', count = 'Infinity'] = process.argv.slice(2);
// so often that it is killed in the middle of a checkpoint or a vacuum, too
const database = await openEmbedded({ directory, upkeepIntervalMs: count === 'Infinity' ? 50 : 1_000_000 });
for (let written = 0; written < Number(count); written += 1) {
  const event_id = randomUUID();
  const at = new Date().toISOString();
  await database.inOrganization(organization_id, (tx) =>
    tx
      .insertInto('audit_events')
      .values({ organization_id, event_id, at, action: 'sign-in', outcome: 'success' })
      .execute(),
  );
  console.log(event_id);
}
await database.close();
