/** What the environment says, parsed once. Only main reads the environment itself. */

import type { Timeouts } from '@rollcall/core/lifetime';
import type { RotationSettings } from '@rollcall/core/rotation';
import type { Variable } from './config-variables.ts';
import * as variable from './config-variables.ts';

export interface Configuration {
  readonly port: number;
  readonly host: string;
  /** PostgreSQL; without it the embedded database in `dataDirectory`. */
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  /** The first signs, all verify; without any, the one that is kept in the data directory. */
  readonly secrets: readonly string[] | undefined;
  readonly administratorEmail: string;
  readonly administratorPassword: string | undefined;
  /** An origin; without it `http://localhost:` and the port. */
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
  readonly rotateAfterSeconds: number;
  readonly graceSeconds: number;
  /** How many sessions a node remembers at most. */
  readonly rememberedSessions: number;
  /** Failed sign-ins a minute for one account and one address. */
  readonly signInLimit: number;
  /** For how long inactive sessions are kept. */
  readonly retentionDays: number;
  /** Without it nobody reads the metrics. */
  readonly metricsToken: string | undefined;
}

/** A variable holds what it may not. The message is one line for the operator. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that is set to nothing counts as not set. Throws `ConfigurationError` for the first one that is wrong. */
export function readConfiguration(environment: Environment): Configuration {
  const configuration = {
    port: read(environment, variable.port),
    host: read(environment, variable.host),
    databaseUrl: read(environment, variable.databaseUrl),
    dataDirectory: read(environment, variable.dataDirectory),
    secrets: read(environment, variable.secrets),
    administratorEmail: read(environment, variable.administratorEmail),
    administratorPassword: read(environment, variable.administratorPassword),
    publicUrl: read(environment, variable.publicUrl),
    trustedProxies: read(environment, variable.trustedProxies),
    allowedOrigins: read(environment, variable.allowedOrigins),
    idleSeconds: read(environment, variable.idleSeconds),
    absoluteSeconds: read(environment, variable.absoluteSeconds),
    rotateAfterSeconds: read(environment, variable.rotateAfterSeconds),
    graceSeconds: read(environment, variable.graceSeconds),
    rememberedSessions: read(environment, variable.rememberedSessions),
    signInLimit: read(environment, variable.signInLimit),
    retentionDays: read(environment, variable.retentionDays),
    metricsToken: read(environment, variable.metricsToken),
  };
  const mayUseHttp = read(environment, variable.allowHttp);
  if (configuration.publicUrl !== undefined && !mayUseHttp && !isPrivateToBrowsers(configuration.publicUrl))
    throw wrong(variable.publicUrl, environment);
  return configuration;
}

export function timeoutsOf({ idleSeconds, absoluteSeconds }: Configuration): Timeouts {
  return { idleSeconds, absoluteSeconds };
}

// How far the clock of a node may be ahead of the database's.
const skewMs = 2000;

export function rotationOf({ rotateAfterSeconds, graceSeconds }: Configuration): RotationSettings {
  return { rotateAfterMs: rotateAfterSeconds * 1000, graceMs: graceSeconds * 1000, skewMs };
}

/** Names that look like ours and are not: most likely a typing error, whose intended effect is missing. */
export function unknownVariables(environment: Environment): string[] {
  const known = new Set(variable.variables.map(({ name }) => name));
  return Object.keys(environment).filter((name) => name.startsWith('ROLLCALL_') && !known.has(name));
}

/** The error for a start that needs a secret of the operator's own. */
export function secretMissing(because: string): ConfigurationError {
  return new ConfigurationError(`ROLLCALL_SECRET is not set: ${because}, it must be ${variable.secrets.accepts}`);
}

function read<T>(environment: Environment, of: Variable<T>): T {
  const parsed = of.schema.safeParse(environment[of.name] || of.default);
  if (!parsed.success) throw wrong(of, environment);
  return parsed.data;
}

function wrong({ name, accepts, isSecret }: Variable<unknown>, environment: Environment): ConfigurationError {
  const held = isSecret ? 'wrong (its value is not shown)' : JSON.stringify(environment[name]);
  return new ConfigurationError(`${name} is ${held}: it must be ${accepts}`);
}

function isPrivateToBrowsers(publicOrigin: string): boolean {
  const { protocol, hostname } = new URL(publicOrigin);
  return protocol === 'https:' || /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
