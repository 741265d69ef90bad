import * as z from 'zod';
import { Email } from './email.ts';
import { Instant } from './instant.ts';
import { PlainText } from './text.ts';
import { AccountType, UserId } from './user.ts';

/** A session's id, everywhere: the API calls a session a user request. Not a secret. */
export const RequestId = z.uuid().meta({ id: 'RequestId', description: 'The id of a session' });

export const ClientType = z
  .enum(['console', 'api'])
  .meta({ id: 'ClientType', description: '`console` exactly when the token travels in a cookie' });
export type ClientType = z.infer<typeof ClientType>;

export const AuthMethod = z.enum(['password', 'sso', 'api-key']).meta({ id: 'AuthMethod' });
export type AuthMethod = z.infer<typeof AuthMethod>;

/** Why a session ended. A session ends once. */
export const EndReason = z
  .enum([
    'signed-out',
    'terminated',
    'idle-timeout',
    'absolute-timeout',
    'token-reuse',
    'session-limit',
    'credentials-changed',
    'user-disabled',
  ])
  .meta({ id: 'EndReason' });
export type EndReason = z.infer<typeof EndReason>;

/** What a session is called in lists, 1 to 120 characters. */
export const SessionName = PlainText.trim().min(1).max(120).meta({ id: 'SessionName', example: 'Chrome on macOS' });

/** An address without a zone. Taken in any spelling, kept in one: IPv4 dotted, IPv6 as RFC 5952 writes it, IPv4-mapped ones as IPv4. */
export const IpAddress = z.union([z.ipv4(), z.ipv6()]).meta({ id: 'IpAddress', example: '192.0.2.7' });

/** What a client says it is; cut to 512 characters where it is received. */
export const UserAgent = PlainText.max(512).meta({ id: 'UserAgent' });

/** How strongly somebody was authenticated, as their identity provider told (OpenID Connect Core, 2). */
export const AuthenticationContext = z
  .object({
    methods: z.array(z.string()).meta({
      description: '`amr`: `pwd`, `otp`, `hwk` … (RFC 8176); none where the provider does not say',
    }),
    contextClass: z.string().optional().meta({ description: '`acr`: what the provider calls that degree' }),
    authenticatedAt: Instant.optional().meta({
      description: '`auth_time`: when they last proved who they are, which may be long before the session began',
    }),
  })
  .meta({
    id: 'AuthenticationContext',
    description:
      'How strongly the identity provider says that it authenticated them: for `authMethod` `sso`, wherever sessions are looked at. What tells whose token it is leaves it out: who am I, introspection',
  });
export type AuthenticationContext = z.infer<typeof AuthenticationContext>;

export const Session = z
  .object({
    requestId: RequestId,
    userId: UserId,
    userEmail: Email,
    sessionName: z.string(),
    ipAddress: z.string().meta({ description: 'Address at sign-in' }),
    userAgent: z.string().meta({ description: 'User agent at sign-in; empty when none was sent' }),
    lastIpAddress: z.string().meta({ description: 'Address of the newest request' }),
    lastUserAgent: z.string().meta({ description: 'User agent of the newest request' }),
    isActive: z.boolean().meta({ description: 'Neither ended nor expired when this was answered' }),
    createdAt: Instant,
    lastActivity: Instant,
    clientType: ClientType,
    authMethod: AuthMethod,
    accountType: AccountType,
    apiKey: z
      .object({ keyId: z.uuid(), name: z.string() })
      .optional()
      .meta({ description: 'With which it was begun, for `authMethod` `api-key`' }),
    authenticationContext: AuthenticationContext.optional(),
    expiresAt: Instant.meta({ description: 'The earlier of the idle and the absolute time-out' }),
    endedAt: Instant.optional(),
    endReason: EndReason.optional(),
    endedBy: z.string().optional().meta({ description: 'E-mail of whoever ended it, where somebody did' }),
    isCurrent: z.boolean().meta({ description: 'Whether this session is the one that asks' }),
  })
  .meta({ id: 'Session', description: 'One sign-in, from its creation to its end' });
export type Session = z.infer<typeof Session>;

/** What `GET /api/UserRequest/{requestId}` answers: a session, and what follows from it. */
export const SessionAnswer = z
  .object({
    session: Session,
    device: z
      .object({
        browser: z.string().optional(),
        browserVersion: z.string().optional(),
        system: z.string().optional(),
        kind: z.enum(['desktop', 'mobile', 'tablet', 'tv', 'bot']).optional(),
        model: z.string().optional().meta({ description: 'Such as `Apple iPhone`' }),
      })
      .meta({
        id: 'Device',
        description: 'What the user agent at sign-in is understood as; what is unknown is left out',
      }),
    expiresBy: z
      .enum(['idle-timeout', 'absolute-timeout'])
      .meta({ description: 'Which time-out it runs, or ran, into first' }),
    tokenGeneration: z
      .int()
      .min(1)
      .meta({ description: 'The number of its current token: how often it has rotated, and one' }),
  })
  .meta({ id: 'SessionAnswer' });
export type SessionAnswer = z.infer<typeof SessionAnswer>;

/** What `DELETE /api/UserRequest/{requestId}` answers: the session as it ended, and how surely it is ended everywhere. */
export const Termination = z
  .object({
    session: Session,
    confirmation: z
      .object({
        milliseconds: z.number().meta({ description: 'From the request to the confirmation by every node' }),
        nodes: z.int().meta({ description: 'How many nodes have confirmed' }),
      })
      .meta({ id: 'TerminationConfirmation' }),
  })
  .meta({ id: 'Termination' });
export type Termination = z.infer<typeof Termination>;

export const SessionStatistics = z
  .object({
    totalSessions: z.int(),
    activeSessions: z.int(),
    uniqueUsers: z.int(),
    averageDurationMinutes: z.number().meta({ description: 'Not rounded; 0 when there are no sessions' }),
  })
  .meta({ id: 'SessionStatistics', description: 'Over all sessions that the caller may see' });
export type SessionStatistics = z.infer<typeof SessionStatistics>;
