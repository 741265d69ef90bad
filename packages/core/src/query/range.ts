/** Ranges of numbers, as people write them: `>8h`, `<=3`, `2026-01-01..2026-02-01`, `3`. */

/** From `from` on and below `to`; what is not there is not limited. */
export interface Range {
  readonly from?: number;
  readonly to?: number;
}

/** What somebody wrote where a number belongs. A day is many instants, eight hours are one length. */
export interface Operand {
  readonly start: number;
  /** The first number that is greater. */
  readonly after: number;
  /** Where it ends when it stands alone, which means: as exactly as it is written. */
  readonly end: number;
}

/** Why a text is no range: it is none, or it ends before it begins. */
export type Misfit = 'unreadable' | 'backward';

const signs = ['>=', '<=', '>', '<'] as const;

/**
 * Reads a range. `A..B` is from the start of A until after B; `>`, `>=`, `<` and `<=` go by the whole of what follows; a value alone is itself, as exactly
 * as it is written. No blanks.
 */
export function parseRange(text: string, read: (text: string) => Operand | undefined): Range | Misfit {
  const dots = text.indexOf('..');
  if (dots >= 0) return between(read(text.slice(0, dots)), read(text.slice(dots + 2)));
  const sign = signs.find((candidate) => text.startsWith(candidate));
  const operand = read(text.slice(sign?.length ?? 0));
  if (!operand) return 'unreadable';
  const { start, after, end } = operand;
  if (sign === '>') return { from: after };
  if (sign === '>=') return { from: start };
  if (sign === '<') return { to: start };
  if (sign === '<=') return { to: after };
  return { from: start, to: end };
}

function between(first: Operand | undefined, last: Operand | undefined): Range | Misfit {
  if (!first || !last) return 'unreadable';
  return first.start < last.after ? { from: first.start, to: last.after } : 'backward';
}
