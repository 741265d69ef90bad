import * as z from 'zod';

/**
 * An e-mail address as its owner writes it, at most 254 characters (RFC 5321, 4.5.3.1, less the angle brackets). Letters of every script are
 * accepted (RFC 6531). Two spellings that fold alike (`fold`) are the same user within one organization.
 */
export const Email = z
  .string()
  .max(254)
  .regex(/^[^\s@"\p{Cc}\p{Cf}\p{Cs}]{1,64}@[^\s@"\p{Cc}\p{Cf}\p{Cs}]{1,252}$/u, 'must be an e-mail address')
  .meta({ id: 'Email', description: 'An e-mail address', example: 'ada@example.com' });
export type Email = z.infer<typeof Email>;
