/** The facts that only one kind of event has, in words. */
import { parseInstant, writeInstant } from '@rollcall/core/instant';
import { problems } from '@rollcall/core/problem';
import type { AuditEvent } from '@rollcall/core/schema/audit';
import { bindingNames } from '#lib/organization/bindings.ts';
import { endReasonLabels } from '#lib/sessions/end-reason.ts';
import { permissionNames, roleNames } from '#lib/users/words.ts';

export type Fact = readonly [name: string, value: string];

/** Why it was refused first. What has no words of its own is told as the API has it. */
export function factsOf({ action, reason, details = {} }: AuditEvent, timeZone: string): Fact[] {
  const because: Fact[] = reason === undefined ? [] : [['Because', titleOf(reason)]];
  const { before, after, ...others } = details;
  const changes = action === 'settings-changed' ? changesBetween(before, after) : [];
  return [...because, ...changes, ...factsIn(others, timeZone)];
}

const names: Readonly<Record<string, string>> = {
  accountType: 'Account',
  allowedNetworks: 'Only from',
  because: 'Because',
  change: 'Wanted',
  'confirmedFrom.at': 'Current token confirmed at',
  'confirmedFrom.ipAddress': 'Current token confirmed from',
  'confirmedFrom.userAgent': 'Current token confirmed by',
  ended: 'Ended',
  endedSessions: 'Sessions ended',
  endReason: 'Why',
  expiresAt: 'Expires',
  format: 'Format',
  generation: 'Number of the current token',
  isShared: 'Shared with everybody',
  keyId: 'Key’s id',
  'mark.at': 'As of',
  'mark.count': 'Shown before',
  milliseconds: 'Milliseconds until it was known',
  name: 'Name',
  network: 'Network',
  nodes: 'Nodes that confirmed it',
  number: 'Number of the presented token',
  ownNetwork: 'Begun in',
  permissions: 'Permissions',
  refused: 'Refused',
  requestIds: 'Sessions',
  role: 'Role',
  search: 'Search',
  sort: 'Order',
  status: 'Status',
  total: 'Sessions',
  viewId: 'View’s id',
};

/** Names of settings, as the page of the organization has them. */
const settings: Readonly<Record<string, string>> = {
  name: 'Name',
  idleTimeoutSeconds: 'Idle time-out in seconds',
  absoluteTimeoutSeconds: 'Absolute time-out in seconds',
  sessionLimit: 'Sessions at a time',
  retentionDays: 'Days that inactive sessions are kept',
  networkBinding: 'Use from other networks',
};

const words: Readonly<Record<string, string>> = {
  ...endReasonLabels,
  ...roleNames,
  ...Object.fromEntries(Object.entries(permissionNames).map(([permission, { name }]) => [permission, name])),
  ...bindingNames,
  person: 'Person',
  service: 'Service account',
};

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const mostListed = 5;

function titleOf(reason: string): string {
  return Object.entries(problems).find(([code]) => code === reason)?.[1].title ?? reason;
}

function factsIn(facts: object, timeZone: string, path = ''): Fact[] {
  return Object.entries(facts).flatMap(([key, value]: [string, unknown]): Fact[] => {
    const name = path + key;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return factsIn(value, timeZone, `${name}.`);
    }
    const written = write(value, timeZone);
    return written === '' ? [] : [[names[name] ?? name, written]];
  });
}

function changesBetween(before: unknown, after: unknown): Fact[] {
  const [former, present] = [membersOf(before), membersOf(after)];
  return Object.entries(present).flatMap(([key, value]): Fact[] => {
    const [from, to] = [former[key], value].map((one) => (one === null ? 'the service’s own' : write(one, 'UTC')));
    return from === to ? [] : [[settings[key] ?? key, `${from} → ${to}`]];
  });
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function write(value: unknown, timeZone: string): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return number.format(value);
  if (Array.isArray(value)) return writeList(value.map((one) => write(one, timeZone)));
  if (typeof value !== 'string') return '';
  if (parseInstant(value) === value) return writeInstant(value, timeZone);
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}

function writeList(values: readonly string[]): string {
  if (values.length === 0) return 'None';
  const listed = values.slice(0, mostListed).join(', ');
  return values.length > mostListed ? `${listed} and ${number.format(values.length - mostListed)} more` : listed;
}
