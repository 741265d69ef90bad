/**
 * Statements whose best plan is the same one whatever they are asked with: a connection parses and plans each once. For the small ones that is
 * half of what they cost. Others must not be among them: a plan for any pattern is a bad plan for LIKE.
 */
import type { CompiledQuery, RawBuilder, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

interface Named<Row> extends CompiledQuery<Row> {
  readonly statementName: string;
}

/** `query` has few texts: it holds what differs from one time to the next as parameters. */
export async function executePlannedOnce<Row>(tx: Transaction<Tables>, query: RawBuilder<Row>): Promise<Row[]> {
  const compiled = query.compile(tx);
  const named: Named<Row> = { ...compiled, statementName: nameOfText(compiled.sql) };
  const { rows } = await tx.executeQuery<Row>(named);
  return rows;
}

/** What the database is to remember a statement by; undefined for one that it is to plan each time. */
export function nameOf(query: CompiledQuery | Named<unknown>): string | undefined {
  return 'statementName' in query ? query.statementName : undefined;
}

const names = new Map<string, string>();

function nameOfText(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `planned-once-${names.size + 1}`;
  names.set(text, name);
  return name;
}
