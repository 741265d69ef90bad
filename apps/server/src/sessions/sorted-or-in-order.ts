/** Whether what is found is read and sorted, or looked for in the order of the list. */
import type { Asked } from './session-page.ts';

// How many of a list are passed over in its order in the time that one is found and sorted: `by row`, where it is read by its id; `by index`, where the index
// that found it has all that is needed.
const passedOver = {
  'by row': 10,
  'by index': 0.5,
  /** In another order than that of sign-in, where each that is passed over is another page of the table. */
  'by index, against scattered rows': 0.1,
  /** Where what is passed over is an entry of an index, too, and known to be found or not by its id. */
  'by row, against entries': 80,
} as const;

/**
 * Of a million sessions, a page of which one in a hundred is found has a hundred times as many passed over on the way. So many are sorted at most: for
 * those the two take equally long.
 */
export function mostSorted({ page, pageSize }: Pick<Asked, 'page' | 'pageSize'>, how: keyof typeof passedOver): number {
  return Math.floor(Math.sqrt((page * pageSize * 1_000_000) / passedOver[how]));
}
