import * as z from 'zod';

/**
 * Text that is safe to store, print and log: no control characters (NUL, line breaks, terminal escapes), no lone
 * surrogates, none of the separators that some programs take for line breaks (U+2028, U+2029), and none of the characters that reorder what stands
 * around them (Unicode TR 36, section 2.7).
 */
export const PlainText = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u, 'must not contain control characters');
