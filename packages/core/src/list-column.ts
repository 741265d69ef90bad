/** What a table of sessions can show. */

/** By the names of the wire, `duration` beside them; in the order in which they are offered. */
export const listColumns = [
  'userEmail',
  'sessionName',
  'ipAddress',
  'userAgent',
  'isActive',
  'createdAt',
  'lastActivity',
  'duration',
  'authMethod',
  'clientType',
  'lastIpAddress',
  'expiresAt',
  'endedAt',
] as const;
export type ListColumn = (typeof listColumns)[number];

/** What is shown unless somebody chose otherwise. */
export const usualColumns: readonly ListColumn[] = listColumns.slice(0, 8);
