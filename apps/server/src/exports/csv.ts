/** Rows as CSV (RFC 4180), harmless to spreadsheets. */

// A cell that begins so is a formula to a spreadsheet, which runs it (OWASP, CSV Injection); the wide forms are what Apple's takes for the narrow ones.
const formula = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const special = /[",\r\n]/;
// Most cells are neither, and one look is all they cost.
const either = new RegExp(`${formula.source}|${special.source}`);

export function csvOf(rows: readonly (readonly unknown[])[]): string {
  return rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: unknown): string {
  const text = textOf(value);
  if (!either.test(text)) return text;
  const harmless = formula.test(text) ? `'${text}` : text;
  return special.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
