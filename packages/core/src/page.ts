/** Pages of a list, counted from 1. */

/** The page with that number; past the end it is empty. */
export function pageOf<T>(list: readonly T[], page: number, pageSize: number): T[] {
  return list.slice((page - 1) * pageSize, page * pageSize);
}

/** How many pages there are: at least one, so that an empty list has an (empty) first page. */
export function pageCount(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}
