import * as z from 'zod';
import { Email } from './email.ts';
import { Instant } from './instant.ts';
import { Organization, OrganizationSlug } from './organization.ts';
import { IpAddress, Session, SessionName, UserAgent } from './session.ts';
import { ChangedUser, Permission, User, UserAnswer } from './user.ts';

/** A password that is being chosen: 12 to 128 characters of any script, no composition rules (NIST SP 800-63B-4, 3.1.1.2). */
export const NewPassword = z
  .string()
  .refine((text) => [...text].length >= 12, 'must have at least 12 characters')
  .refine((text) => [...text].length <= 128, 'must have at most 128 characters');

/** Where the user's own client is, told by an application that signs users in from its own server. */
export const ReportedClient = z
  .strictObject({ ipAddress: IpAddress, userAgent: UserAgent })
  .meta({ id: 'ReportedClient', description: 'Believed only from a caller with `sessions:verify`' });
export type ReportedClient = z.infer<typeof ReportedClient>;

const example = { method: 'password', email: 'admin@rollcall.test', password: 'as it was printed at the first start' };

export const PasswordSignIn = z
  .strictObject({
    method: z.literal('password'),
    email: Email,
    password: z.string().min(1).max(512),
    organization: OrganizationSlug.optional().meta({ description: 'May be left out only while there is exactly one' }),
    sessionName: SessionName.optional(),
    transport: z
      .enum(['token', 'cookie'])
      .default('token')
      .meta({ description: '`token`: in the answer; `cookie`: as an HttpOnly cookie' }),
    client: ReportedClient.optional(),
  })
  .meta({
    id: 'PasswordSignIn',
    example,
  });

export type PasswordSignIn = z.infer<typeof PasswordSignIn>;

/** A program's way in. */
export const KeySignIn = z
  .strictObject({
    method: z.literal('api-key'),
    key: z.string().min(1).max(200).meta({ description: 'A secret: `rck_…`' }),
    sessionName: SessionName.optional().meta({ description: 'The key’s name where it is left out' }),
  })
  .meta({ id: 'KeySignIn', description: 'For programs: the key says whose it is, and of which organization' });
export type KeySignIn = z.infer<typeof KeySignIn>;

export const SignIn = z.discriminatedUnion('method', [PasswordSignIn, KeySignIn]).meta({
  id: 'SignIn',
  example,
});
export type SignIn = z.infer<typeof SignIn>;

/** What a caller sends to sign in with a password: defaults may be left out. */
export type SignInInput = z.input<typeof PasswordSignIn>;

export const SignedIn = z
  .object({
    session: Session,
    token: z.string().optional().meta({ description: 'Only for transport `token`. A secret: never log it' }),
  })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof SignedIn>;

/** Who asks: the actor. */
export const Authentication = z
  .object({ session: Session, user: User, organization: Organization, permissions: z.array(Permission) })
  .meta({ id: 'Authentication', description: 'Whose token this is, and what they may do' });
export type Authentication = z.infer<typeof Authentication>;

/** With which somebody chooses their password: shown once, used once. */
export const PasswordLink = z
  .object({
    url: z.url().meta({ description: 'A secret: whoever opens it first chooses the password' }),
    expiresAt: Instant,
  })
  .meta({ id: 'PasswordLink' });
export type PasswordLink = z.infer<typeof PasswordLink>;

/** What `POST /api/Users` answers. A service account gets no link: it has keys. */
export const Invited = UserAnswer.extend({ passwordLink: PasswordLink.optional() }).meta({ id: 'Invited' });
export type Invited = z.infer<typeof Invited>;

export const PasswordReset = ChangedUser.extend({ passwordLink: PasswordLink }).meta({ id: 'PasswordReset' });
export type PasswordReset = z.infer<typeof PasswordReset>;

/** What `POST /api/Password` takes: the part of a link behind its `#`. */
export const PasswordChoice = z
  .strictObject({ link: z.string().max(200), password: NewPassword })
  .meta({ id: 'PasswordChoice' });
export type PasswordChoice = z.infer<typeof PasswordChoice>;

/** Whose password it is now: what signing in takes beside it. */
export const PasswordChosen = z.object({ email: Email, organization: Organization }).meta({ id: 'PasswordChosen' });
export type PasswordChosen = z.infer<typeof PasswordChosen>;

/** What `PUT /api/Password` takes. */
export const PasswordChange = z
  .strictObject({ currentPassword: z.string().min(1).max(512), newPassword: NewPassword })
  .meta({ id: 'PasswordChange' });
export type PasswordChange = z.infer<typeof PasswordChange>;

export const PasswordChanged = z
  .object({ endedSessions: z.int().meta({ description: 'How many other sessions of one’s own this has ended' }) })
  .meta({ id: 'PasswordChanged' });
export type PasswordChanged = z.infer<typeof PasswordChanged>;
