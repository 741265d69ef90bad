/** Many rows as the parameters of one statement, one array a column: half of what the same rows cost as a JSON document. */
import { type RawBuilder, sql } from 'kysely';

export interface Column<T> {
  readonly type: 'uuid' | 'text' | 'inet' | 'timestamptz' | 'bytea';
  of(one: T, index: number): string | null | undefined;
}

export interface Unnested {
  /** The names of the columns, in their order. */
  readonly names: RawBuilder<unknown>;
  /** A query for them, whose rows are in the order of what they were made of. */
  readonly rows: RawBuilder<unknown>;
}

export function unnested<T>(columns: Readonly<Record<string, Column<T>>>, all: readonly T[]): Unnested {
  const parts = Object.entries(columns).map(([name, column]) => {
    const array = arrayOf(all.map((one, index) => column.of(one, index)));
    return sql`unnest(${array}::${sql.raw(column.type)}[]) as ${sql.ref(name)}`;
  });
  return { names: sql.join(Object.keys(columns).map((name) => sql.ref(name))), rows: sql`select ${sql.join(parts)}` };
}

// As PostgreSQL reads an array; pg's own way of writing one takes several times as long.
function arrayOf(values: readonly (string | null | undefined)[]): string {
  let text = '';
  for (const value of values) {
    if (text !== '') text += ',';
    text += value === null || value === undefined ? 'null' : `"${escaped(value)}"`;
  }
  return `{${text}}`;
}

function escaped(value: string): string {
  return special.test(value) ? value.replaceAll(/["\\]/g, '\\$&') : value;
}

const special = /["\\]/;
