/** What is wrong with the fields of a form, for whoever filled it in. What a schema says of a value is for programmers: this is the one place that tells it. */

interface Wrong {
  readonly field: string;
  readonly message: string;
}

/** By the name of the field. `advice` is what to enter instead, where there is more to say than what was wrong. */
export function fieldProblems(
  wrong: readonly Wrong[],
  advice: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return Object.fromEntries(wrong.map(({ field, message }) => [field, advice[field] ?? inWords(message)]));
}

/** Of what a schema found itself, without asking the API. */
export function wrongIn(issues: readonly { path: PropertyKey[]; message: string }[]): Wrong[] {
  return issues.map(({ path, message }) => ({ field: String(path[0]), message }));
}

/** This product says `must have at least 12 characters`, `is in use`: that becomes a sentence. What begins with a capital is the schema library's. */
export function inWords(message: string): string {
  if (/^[a-z]/.test(message)) return `It ${message}.`;
  const [, size, bound] = /^Too (small|big): .*?(\d+)/.exec(message) ?? [];
  const unit = message.includes('characters') ? ' characters' : message.includes('items') ? ' entries' : '';
  if (size === 'small') return bound === '1' ? 'Enter something here.' : `Enter at least ${bound}${unit}.`;
  if (size === 'big') return `Enter at most ${bound}${unit}.`;
  if (message.startsWith('Invalid option')) return 'Choose one of those that are offered.';
  return /received (?:undefined|null)/.test(message) ? 'Enter something here.' : 'This cannot be used. Enter another.';
}
