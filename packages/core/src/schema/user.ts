import * as z from 'zod';
import { Email } from './email.ts';
import { Instant } from './instant.ts';
import { PageNumber, PageSize } from './page.ts';
import { PlainText } from './text.ts';

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

export const UserStatus = z
  .enum(['active', 'invited', 'disabled'])
  .meta({ id: 'UserStatus', description: '`invited`: has not chosen a password or signed in yet' });
export type UserStatus = z.infer<typeof UserStatus>;

/** A user as whoever manages users sees them. */
export const UserDetails = User.extend({
  status: UserStatus,
  permissions: z.array(Permission).meta({ description: 'All of them for an administrator' }),
  createdAt: Instant,
  lastActivity: Instant.optional().meta({ description: 'Of the newest of the sessions that are still kept' }),
  activeSessions: z.int(),
  isCurrent: z.boolean().meta({ description: 'Whether this user is the one that asks' }),
}).meta({ id: 'UserDetails' });
export type UserDetails = z.infer<typeof UserDetails>;

export const UserAnswer = z.object({ user: UserDetails }).meta({ id: 'UserAnswer' });
export type UserAnswer = z.infer<typeof UserAnswer>;

export const UserListQuery = z.strictObject({
  search: PlainText.max(200)
    .default('')
    .meta({ description: 'Words that must all occur in the e-mail, ignoring case' }),
  status: z.enum([...UserStatus.options, 'all']).default('all'),
  role: z.enum([...Role.options, 'all']).default('all'),
  accountType: z.enum([...AccountType.options, 'all']).default('all'),
  page: PageNumber,
  pageSize: PageSize,
});
export type UserListQuery = z.infer<typeof UserListQuery>;

export const UserList = z
  .object({
    users: z.array(UserDetails),
    total: z.int(),
    totalIsExact: z.boolean(),
    page: z.int(),
    pageSize: z.int(),
  })
  .meta({ id: 'UserList' });
export type UserList = z.infer<typeof UserList>;

/** Permissions, each once, in one order. */
export const Permissions = z
  .array(Permission)
  .transform((given) => Permission.options.filter((one) => given.includes(one)));

/** What somebody is to be permitted. */
export const UserRights = z.object({ role: Role, permissions: Permissions });

/** What `POST /api/Users` takes. */
export const Invitation = z
  .strictObject({
    email: Email,
    accountType: AccountType.default('person'),
    role: Role.default('member'),
    permissions: Permissions.default([]),
  })
  .meta({ id: 'Invitation', description: 'Nobody can give what they do not have' });
export type Invitation = z.infer<typeof Invitation>;

/** What `PATCH /api/User/{userId}` takes; what is left out stays as it is. */
export const UserChange = z
  .strictObject({ role: Role.optional(), permissions: Permissions.optional(), isDisabled: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, 'must change something')
  .meta({ id: 'UserChange' });
export type UserChange = z.infer<typeof UserChange>;

export const ChangedUser = UserAnswer.extend({
  endedSessions: z.int().meta({ description: 'How many of the user’s sessions this has ended' }),
}).meta({ id: 'ChangedUser' });
export type ChangedUser = z.infer<typeof ChangedUser>;
