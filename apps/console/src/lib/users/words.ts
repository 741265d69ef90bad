/** Roles, permissions and what becomes of users, in words. */
import type { Permission, Role, UserStatus } from '@rollcall/core/schema/user';
import type { UserAction } from './user-list-address.ts';

export const roleNames: Readonly<Record<Role, string>> = { administrator: 'Administrator', member: 'Member' };

/** In the order in which they are offered. */
export const permissionNames: Readonly<Record<Permission, { readonly name: string; readonly description: string }>> = {
  'users:manage': { name: 'Manage users', description: 'See and end everybody’s sessions, look after users' },
  'audit:read': { name: 'Read the audit trail', description: 'What happened and what was refused' },
  'integrations:manage': { name: 'Manage integrations', description: 'Single sign-on and keys of programs' },
  'sessions:verify': { name: 'Verify sessions', description: 'For servers that ask whether a token is good' },
};

export const permissions = ['users:manage', 'audit:read', 'integrations:manage', 'sessions:verify'] as const;

export const statusNames: Readonly<Record<UserStatus, string>> = {
  active: 'Active',
  invited: 'Invited',
  disabled: 'Disabled',
};

export const statusTones = { active: 'green', invited: 'blue', disabled: 'red' } as const;

interface ActionWords {
  readonly title: string;
  readonly consequence: string;
  readonly button: string;
  readonly isDangerous: boolean;
}

export const actionWords: Readonly<Record<UserAction, ActionWords>> = {
  disable: {
    title: 'Disable this user?',
    consequence: 'They can no longer sign in, and their sessions end at once. You can enable them again.',
    button: 'Disable',
    isDangerous: true,
  },
  enable: {
    title: 'Enable this user?',
    consequence:
      'They can sign in again. An invitation that they had is good no longer: reset the password for a new one.',
    button: 'Enable',
    isDangerous: false,
  },
  'reset-password': {
    title: 'Reset the password?',
    consequence:
      'The present password is good no longer, and their sessions end at once. You get a link, once, with which they choose another.',
    button: 'Reset password',
    isDangerous: true,
  },
  remove: {
    title: 'Remove this user?',
    consequence:
      'Their sessions end at once, and their e-mail is free for others. Sessions and audit trail stay. This cannot be undone.',
    button: 'Remove',
    isDangerous: true,
  },
};
