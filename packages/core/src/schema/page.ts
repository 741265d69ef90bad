import * as z from 'zod';

/** Counted from 1. Past the end there is nothing, but also nothing wrong; a bound keeps the offset within what the database counts with. */
export const PageNumber = z.coerce.number().int().min(1).max(1_000_000_000).default(1);

export const PageSize = z.coerce.number().int().min(1).max(100).default(10);
