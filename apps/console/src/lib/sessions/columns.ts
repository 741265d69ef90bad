/** The columns of the table of sessions. */

import type { ListColumn } from '@rollcall/core/list-column';
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

/** Those that can be shown, in the order in which they are offered. With the actions, the usual ones are 1160 pixels wide: what a screen of 1280 has for them. */
export const columns: Readonly<Record<ListColumn, Column>> = {
  userEmail: { title: 'User', field: 'userEmail', width: 'w-[222px]', pinned: 'left' },
  sessionName: { title: 'Session Name', field: 'sessionName', width: 'w-[140px]' },
  ipAddress: { title: 'IP Address', field: 'ipAddress', width: 'w-[134px]' },
  userAgent: { title: 'User Agent', field: 'userAgent', width: 'w-[104px] @min-[90rem]/table:w-[240px]' },
  isActive: { title: 'Status', field: 'isActive', width: 'w-[102px]' },
  createdAt: { title: 'Created At', field: 'createdAt', width: 'w-[144px]', descendsFirst: true },
  lastActivity: { title: 'Last Activity', field: 'lastActivity', width: 'w-[126px]', descendsFirst: true },
  duration: { title: 'Duration', field: 'duration', width: 'w-[84px]', alignment: 'right', descendsFirst: true },
  authMethod: { title: 'Authentication', width: 'w-[130px]' },
  clientType: { title: 'Client', width: 'w-[90px]' },
  lastIpAddress: { title: 'Last Address', width: 'w-[134px]' },
  expiresAt: { title: 'Expires At', width: 'w-[144px]' },
  endedAt: { title: 'Ended At', width: 'w-[144px]' },
};

export const actions: Column = { title: 'Actions', width: 'w-[104px]', pinned: 'right' };

/** The classes of a column's cells, beside their own. */
export function columnClasses({ alignment, pinned }: Column): string {
  return [alignment === 'right' && 'text-right', pinned && pins[pinned]].filter(Boolean).join(' ');
}

const pins = {
  left: 'pinned:sticky pinned:left-0 pinned:z-10 pinned:border-r',
  right: 'pinned:sticky pinned:right-0 pinned:z-10 pinned:border-l',
} as const;
