/** The variables of the environment: what each may hold, and what it is for. docs/configuration.md is held to this list. */
import { NewPassword } from '@rollcall/core/schema/authentication';
import { Email } from '@rollcall/core/schema/email';
import ipaddr from 'ipaddr.js';
import * as z from 'zod';

export interface Variable<T> {
  readonly name: string;
  readonly default?: string;
  /** What being unset means, where there is no default value. */
  readonly unset?: string;
  /** Completes "it must be …". */
  readonly accepts: string;
  readonly purpose: string;
  readonly isSecret?: true;
  readonly schema: z.ZodType<T>;
}

export const port: Variable<number> = {
  name: 'PORT',
  default: '4400',
  accepts: 'a number from 0 to 65535; 0 takes any free port',
  purpose: 'Where to listen',
  schema: wholeNumber(0, 65_535),
};
export const host: Variable<string> = {
  name: 'HOST',
  default: '127.0.0.1',
  accepts: 'an IP address or a host name of this machine',
  purpose: 'Where to listen; `0.0.0.0` or `::` for every network of the machine',
  schema: z.union([z.ipv4(), z.ipv6(), z.hostname()]),
};
export const databaseUrl: Variable<string | undefined> = {
  name: 'DATABASE_URL',
  unset: 'the embedded database',
  accepts: 'an address such as postgresql://user:password@host:5432/database',
  purpose: 'PostgreSQL 15 or newer instead of the embedded database',
  isSecret: true,
  schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
};
export const dataDirectory: Variable<string> = {
  name: 'ROLLCALL_DATA_DIR',
  default: './data',
  accepts: 'the path of a directory',
  purpose: 'The embedded database and the generated secret',
  schema: z.string().regex(/^[^\0]+$/),
};
export const secrets: Variable<string[] | undefined> = {
  name: 'ROLLCALL_SECRET',
  unset: 'generated into the data directory',
  accepts: 'one or several secrets, separated by commas, of at least 32 characters each',
  purpose:
    'What tokens are signed with: the first signs, all verify. Required with `DATABASE_URL`, the same for every node',
  isSecret: true,
  schema: listOf(z.string().min(32)).optional(),
};
export const administratorEmail: Variable<string> = {
  name: 'ROLLCALL_ADMIN_EMAIL',
  default: 'admin@rollcall.test',
  accepts: 'an e-mail address',
  purpose: 'The first administrator of a new database',
  schema: Email,
};
export const administratorPassword: Variable<string | undefined> = {
  name: 'ROLLCALL_ADMIN_PASSWORD',
  unset: 'generated, and printed once',
  accepts: 'a password of 12 to 128 characters',
  purpose: 'The password of the first administrator of a new database',
  isSecret: true,
  schema: NewPassword.optional(),
};
export const allowHttp: Variable<boolean> = {
  name: 'ROLLCALL_ALLOW_HTTP',
  default: '0',
  accepts: '1 or 0',
  purpose:
    '`1` permits a public URL with plain `http:` that is not this machine: passwords and tokens then travel unencrypted',
  schema: z.enum(['0', '1']).transform((text) => text === '1'),
};
export const publicUrl: Variable<string | undefined> = {
  name: 'ROLLCALL_PUBLIC_URL',
  unset: '`http://localhost:$PORT`',
  accepts:
    'an origin such as https://sessions.example.com, without a path; plain http only for localhost, unless ROLLCALL_ALLOW_HTTP is 1',
  purpose: 'The address that browsers use: for cookies and for telling other sites’ requests',
  schema: origin().optional(),
};
export const trustedProxies: Variable<string[]> = {
  name: 'ROLLCALL_TRUSTED_PROXIES',
  default: '',
  unset: 'none',
  accepts: 'IP addresses or networks such as 10.0.0.0/8, separated by commas',
  purpose: 'The proxies whose `X-Forwarded-For` is believed; from anybody else it is ignored',
  schema: listOf(z.string().refine(isNetwork)),
};
export const allowedOrigins: Variable<string[]> = {
  name: 'ROLLCALL_ALLOWED_ORIGINS',
  default: '',
  unset: 'none',
  accepts: 'origins such as https://app.example.com, separated by commas',
  purpose: 'Other sites whose scripts may call the API (CORS), with a bearer token',
  schema: listOf(origin()),
};
export const idleSeconds: Variable<number> = {
  name: 'ROLLCALL_IDLE_TIMEOUT',
  default: '86400',
  accepts: 'a number of seconds from 1 to 315360000',
  purpose: 'How long a session lives without activity',
  schema: wholeNumber(1, 315_360_000),
};
export const absoluteSeconds: Variable<number> = {
  name: 'ROLLCALL_ABSOLUTE_TIMEOUT',
  default: '2592000',
  accepts: 'a number of seconds from 1 to 315360000',
  purpose: 'How long a session lives at most',
  schema: wholeNumber(1, 315_360_000),
};
export const rotateAfterSeconds: Variable<number> = {
  name: 'ROLLCALL_TOKEN_ROTATE_AFTER',
  default: '300',
  accepts: 'a number of seconds from 0 to 315360000',
  purpose: 'The age at which a token is followed by the next one; never less than ROLLCALL_TOKEN_GRACE',
  schema: wholeNumber(0, 315_360_000),
};
export const graceSeconds: Variable<number> = {
  name: 'ROLLCALL_TOKEN_GRACE',
  default: '30',
  accepts: 'a number of seconds from 1 to 3600',
  purpose: 'How long the token before the current one is still accepted, for requests that were under way',
  schema: wholeNumber(1, 3600),
};
export const rememberedSessions: Variable<number> = {
  name: 'ROLLCALL_REMEMBERED_SESSIONS',
  default: '100000',
  accepts: 'a number from 0 to 10000000',
  purpose: 'Sessions that a node remembers, about 1 kB each; 0 asks the database on every request',
  schema: wholeNumber(0, 10_000_000),
};
export const signInLimit: Variable<number> = {
  name: 'ROLLCALL_SIGN_IN_LIMIT',
  default: '5',
  accepts: 'a number from 1 to 1000000',
  purpose: 'Failed sign-ins a minute for one account from one address, before further ones are answered with 429',
  schema: wholeNumber(1, 1_000_000),
};

export const retentionDays: Variable<number> = {
  name: 'ROLLCALL_RETENTION_DAYS',
  default: '90',
  accepts: 'a number of days from 1 to 3650',
  purpose: 'For how long inactive sessions are kept, where an organization has not chosen; the audit trail stays',
  schema: wholeNumber(1, 3650),
};
export const metricsToken: Variable<string | undefined> = {
  name: 'ROLLCALL_METRICS_TOKEN',
  unset: 'nobody',
  accepts: 'a secret of 16 to 256 characters, none of them a space',
  purpose: 'What Prometheus presents as a bearer token to read `/metrics`; without it there is nothing at that address',
  isSecret: true,
  schema: z
    .string()
    .regex(/^[\x21-\x7e]{16,256}$/)
    .optional(),
};

export const variables: readonly Variable<unknown>[] = [
  port,
  host,
  databaseUrl,
  dataDirectory,
  secrets,
  administratorEmail,
  administratorPassword,
  publicUrl,
  allowHttp,
  trustedProxies,
  allowedOrigins,
  idleSeconds,
  absoluteSeconds,
  rotateAfterSeconds,
  graceSeconds,
  rememberedSessions,
  signInLimit,
  retentionDays,
  metricsToken,
];

function wholeNumber(least: number, most: number): z.ZodType<number> {
  return z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));
}

function listOf(item: z.ZodType<string, string>): z.ZodType<string[]> {
  return z
    .string()
    .transform((text) => (text === '' ? [] : text.split(',').map((part) => part.trim())))
    .pipe(z.array(item));
}

// As a browser writes it in `Origin`: lower case, without the scheme's own port.
function origin(): z.ZodType<string, string> {
  return z
    .url({ protocol: /^https?$/ })
    .transform((text) => new URL(text))
    .refine((url) => url.href === `${url.origin}/`)
    .transform((url) => url.origin);
}

function isNetwork(text: string): boolean {
  return (
    ipaddr.isValidCIDR(text) ||
    (ipaddr.isValid(text) && (text.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(text)))
  );
}
