/** The columns of the table, in their order. */
import type { SortField } from '@rollcall/core/order';

export interface Column {
  readonly title: string;
  /** What a click on the title sorts by. */
  readonly field?: SortField;
  /** Whether its first click sorts downwards: people look for the newest and the longest. */
  readonly descendsFirst?: boolean;
  readonly width: string;
  readonly alignment?: 'right';
  /** Stays in view while the others scroll, where there is room. */
  readonly pinned?: 'left' | 'right';
}

/** Their widths add up to the table's 1500 pixels. */
export const columns: readonly Column[] = [
  { title: 'User', field: 'userEmail', width: 'w-[260px]', pinned: 'left' },
  { title: 'Session Name', field: 'sessionName', width: 'w-[190px]' },
  { title: 'IP Address', field: 'ipAddress', width: 'w-[170px]' },
  { title: 'User Agent', field: 'userAgent', width: 'w-[240px]' },
  { title: 'Status', field: 'isActive', width: 'w-[140px]' },
  { title: 'Created At', field: 'createdAt', width: 'w-[170px]', descendsFirst: true },
  { title: 'Last Activity', field: 'lastActivity', width: 'w-[130px]', descendsFirst: true },
  { title: 'Duration', field: 'duration', width: 'w-[90px]', alignment: 'right', descendsFirst: true },
  { title: 'Actions', width: 'w-[110px]', pinned: 'right' },
];

/** The classes of a column's cells, beside their own. */
export function columnClasses({ alignment, pinned }: Column): string {
  return [alignment === 'right' && 'text-right', pinned && pins[pinned]].filter(Boolean).join(' ');
}

const pins = {
  left: 'pinned:sticky pinned:left-0 pinned:z-10 pinned:border-r',
  right: 'pinned:sticky pinned:right-0 pinned:z-10 pinned:border-l',
} as const;
