import * as z from 'zod';
import { Email } from './email.ts';

export const UserId = z.uuid().meta({ id: 'UserId' });

export const AccountType = z
  .enum(['person', 'service'])
  .meta({ id: 'AccountType', description: 'A person, or a service account of a program' });
export type AccountType = z.infer<typeof AccountType>;

/** What somebody may do beyond looking after their own sessions. */
export const Permission = z
  .enum(['users:manage', 'audit:read', 'integrations:manage', 'sessions:verify'])
  .meta({ id: 'Permission' });
export type Permission = z.infer<typeof Permission>;

export const Role = z.enum(['administrator', 'member']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

export const User = z
  .object({ userId: UserId, email: Email, accountType: AccountType, role: Role })
  .meta({ id: 'User', description: 'Somebody or something in one organization that can sign in' });
export type User = z.infer<typeof User>;
