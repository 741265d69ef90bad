/** What can be wrong with a search. */
import type { Place } from './syntax.ts';

export const queryErrorCodes = [
  'too-long',
  'too-many-terms',
  'too-deep',
  'missing-value',
  'wrong-value',
  'nothing-to-join',
] as const;
export type QueryErrorCode = (typeof queryErrorCodes)[number];

/** What could not be understood, and where: in UTF-16 units of the text, `end` is the first beyond it. The message is a sentence in English, safe to show. */
export interface QueryError extends Place {
  readonly code: QueryErrorCode;
  readonly message: string;
}
