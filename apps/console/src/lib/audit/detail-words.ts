/** What the audit trail calls the facts of an event, and what they can be, in words. */
import { bindingNames } from '#lib/organization/bindings.ts';
import { endReasonLabels } from '#lib/sessions/end-reason.ts';
import { permissionNames, roleNames } from '#lib/users/words.ts';

export const names: Readonly<Record<string, string>> = {
  accountType: 'Account',
  administratorGroups: 'Groups of administrators',
  allowedNetworks: 'Only from',
  because: 'Because',
  change: 'Wanted',
  clientId: 'Client’s id',
  'confirmedFrom.at': 'Current token confirmed at',
  'confirmedFrom.ipAddress': 'Current token confirmed from',
  'confirmedFrom.userAgent': 'Current token confirmed by',
  detail: 'In detail',
  emailDomains: 'E-mail domains',
  ended: 'Ended',
  endedSessions: 'Sessions ended',
  endReason: 'Why',
  expiresAt: 'Expires',
  format: 'Format',
  generation: 'Number of the current token',
  groupClaim: 'Claim with the groups',
  hasNewSecret: 'With a new secret',
  isEnabled: 'In use',
  isShared: 'Shared with everybody',
  issuer: 'Identity provider',
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
  scopes: 'Scopes',
  search: 'Search',
  session: 'Session at the provider',
  sort: 'Order',
  status: 'Status',
  subject: 'Account at the provider',
  total: 'Sessions',
  trustedWith: 'Trusted with',
  viewId: 'View’s id',
};

/** Names of settings, as the page of the organization has them. */
export const settings: Readonly<Record<string, string>> = {
  name: 'Name',
  idleTimeoutSeconds: 'Idle time-out in seconds',
  absoluteTimeoutSeconds: 'Absolute time-out in seconds',
  sessionLimit: 'Sessions at a time',
  retentionDays: 'Days that inactive sessions are kept',
  networkBinding: 'Use from other networks',
};

const permissions: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(permissionNames).map(([permission, { name }]) => [permission, name]),
);

/** By the name of the fact. What people chose themselves, such as the name of a view, is told as it is. */
export const valuesOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accountType: { person: 'Person', service: 'Service account' },
  because: {
    address: 'Not from where the key can be used',
    'beyond-provider': 'May do more than the provider is trusted with',
    denied: 'Cancelled or refused at the provider',
    disabled: 'The user is disabled or removed',
    'email-not-verified': 'The provider does not say that the e-mail is verified',
    expired: 'Out of date',
    'not-invited': 'Nobody here has this e-mail',
    'not-offered': 'Single sign-on is off',
    'not-valid': 'What the provider answered could not be verified',
    'other-account': 'The e-mail belongs to another account of the provider',
    'provider-error': 'Single sign-on is not set up correctly',
    revoked: 'The key was revoked',
    unavailable: 'The provider did not answer',
    'user-disabled': 'The user is disabled',
  },
  change: {
    disable: 'Disabling',
    enable: 'Enabling',
    remove: 'Removal',
    'reset-password': 'Reset of the password',
    rights: 'Another role or other permissions',
  },
  endReason: endReasonLabels,
  format: { csv: 'CSV', ndjson: 'NDJSON' },
  networkBinding: bindingNames,
  permissions,
  role: roleNames,
  sort: { createdAt: 'Oldest first', '-createdAt': 'Newest first' },
  status: { all: 'All', active: 'Active', inactive: 'Inactive' },
  trustedWith: permissions,
};
