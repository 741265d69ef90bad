import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { onEachEngine } from '../../test/api.ts';
import { type Column, unnested } from './unnested.ts';

onEachEngine((current) => {
  test('rows arrive as they were, in their order', async () => {
    const texts = ['', 'null', 'a "quoted" one', 'a\\b', '\\x41', '{a,b}', ' Zoë, ß ', undefined, 'last'];
    const columns: Record<string, Column<string | undefined>> = {
      word: { type: 'text', of: (text) => text },
      place: { type: 'text', of: (_, index) => String(index) },
      bytes: { type: 'bytea', of: () => '\\x0aff' },
    };
    const { names, rows } = unnested(columns, texts);
    const found = await current().database.inOrganization('0190b5a0-0000-7000-8000-000000000000', (tx) =>
      sql`select ${names} from (${rows}) as made`.execute(tx),
    );
    expect(found.rows).toEqual(
      texts.map((text, index) => ({ word: text ?? null, place: String(index), bytes: Buffer.from([0x0a, 0xff]) })),
    );
  });
});
