/** The way back from the tree of a search to a text. */
import { toInstant, toMilliseconds } from '../src/instant.ts';
import type { Between, Condition, During, Query } from '../src/query/syntax.ts';

/** A text that `parseQuery` reads as this tree. */
export function printQuery(query: Query): string {
  if (query.kind === 'and') return query.parts.map(printPart).join(' ');
  if (query.kind === 'or') return query.parts.map(printPart).join(' OR ');
  if (query.kind === 'not') return `-${printPart(query.part)}`;
  return printCondition(query);
}

/** The tree without its places. */
export function withoutPlaces(query: Query): unknown {
  return JSON.parse(JSON.stringify(query, (key, value) => (key === 'at' ? undefined : value)));
}

function printPart(query: Query): string {
  return query.kind === 'and' || query.kind === 'or' ? `(${printQuery(query)})` : printQuery(query);
}

function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'text':
      return quoted(condition.text);
    case 'contains':
      return `${condition.field}:${quoted(condition.text)}`;
    case 'is':
      return `${condition.field}:${quoted(`=${condition.text}`)}`;
    case 'within':
      return `ip:${condition.network.cidr}`;
    case 'one-of':
      return `${condition.field}:${condition.values.join('|')}`;
    case 'during':
      return `${condition.field}:${printMoments(condition)}`;
    case 'between':
      return `${condition.field}:${printNumbers(condition)}`;
  }
}

function printMoments({ from, to }: During): string {
  if (to === undefined) return `>=${from}`;
  return from === undefined ? `<${to}` : `${from}..${toInstant(toMilliseconds(to) - 1)}`;
}

function printNumbers({ field, from, to }: Between): string {
  const unit = field === 'concurrent' ? '' : 'ms';
  if (to === undefined) return `>=${from}${unit}`;
  return from === undefined ? `<${to}${unit}` : `${from}${unit}..${to - 1}${unit}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
