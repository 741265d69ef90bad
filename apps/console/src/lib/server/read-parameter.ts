/** One parameter of an address, or undefined where it is missing, empty or wrong. */

interface Schema<T> {
  safeParse(text: string): { data?: T | undefined };
}

export function readParameter<T>(schema: Schema<T>, text: string | null): T | undefined {
  return text === null || text.trim() === '' ? undefined : schema.safeParse(text.trim()).data;
}
