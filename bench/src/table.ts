/** What a part of the bench prints: one table of Markdown. */

export interface Table {
  readonly columns: readonly [string, ...string[]];
  readonly rows: readonly (readonly string[])[];
}

const round = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A figure to three digits, with its unit; a dash where there is none. */
export function written(figure: number | undefined, unit = ''): string {
  return figure === undefined ? '–' : `${round.format(figure)}${unit}`;
}

/** The first column is text, the others are figures. */
export function markdownOf({ columns, rows }: Table): string {
  const alignment = columns.map((_, index) => (index === 0 ? '---' : '---:'));
  return [columns, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
