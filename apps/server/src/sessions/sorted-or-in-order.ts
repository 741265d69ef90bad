/** Whether what is found is read and sorted, or looked for in the order of the list. */
import type { Asked } from './session-page.ts';

// How many of a list are passed over in its order in the time that one takes to be read by its id, or found in an index, and sorted.
const passedOver = { 'by row': 10, 'by index': 0.5 } as const;

/**
 * Of a million sessions, a page of which one in a hundred is found has a hundred times as many passed over on the way. So many are sorted at most: for
 * those the two take equally long.
 */
export function mostSorted({ page, pageSize }: Pick<Asked, 'page' | 'pageSize'>, how: keyof typeof passedOver): number {
  return Math.floor(Math.sqrt((page * pageSize * 1_000_000) / passedOver[how]));
}
