/** Everything that reaches endpoints from outside: what is injected, and what follows from it. */
import type { Instant } from '@rollcall/core/instant';
import { toMilliseconds } from '@rollcall/core/instant';
import type { Timeouts } from '@rollcall/core/lifetime';
import type { RotationSettings } from '@rollcall/core/rotation';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import type { ActivityRecorder } from './activity/activity-recorder.ts';
import { type AddressLimit, limitAddresses } from './authentication/address-limit.ts';
import type { Passwords } from './authentication/passwords.ts';
import type { Database } from './database/database.ts';
import type { Metrics } from './metrics/metrics.ts';
import { type Announcements, observed } from './registry/announcements.ts';
import { Memory } from './registry/memory.ts';
import type { Registry } from './registry/registry.ts';
import { type Tokens, tokensUnder } from './tokens/tokens.ts';

export interface Dependencies {
  readonly database: Database;
  /** Made by whoever starts the server, who also flushes it: every second, and at the end. */
  readonly activity: ActivityRecorder;
  /** What this node remembers of sessions. */
  readonly registry: Registry;
  /** How changes to sessions become known to every node. */
  readonly announcements: Announcements;
  readonly passwords: Passwords;
  readonly clock: () => Instant;
  /** Milliseconds, never backwards. */
  readonly monotonic: () => number;
  /** So many bytes that nobody can guess. */
  readonly random: (bytes: number) => Uint8Array;
  /** How identity providers are reached; nothing else is. */
  readonly fetch: typeof globalThis.fetch;
  /** How long an identity provider may take, all that is asked of it for one request together. Default: five seconds. */
  readonly providerPatienceMs?: number;
  /** The first signs tokens, all verify them. */
  readonly secrets: readonly [string, ...string[]];
  /** The origin that browsers use. */
  readonly publicUrl: URL;
  /** Addresses or networks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Other origins whose scripts may call. */
  readonly allowedOrigins: readonly string[];
  readonly timeouts: Timeouts;
  /** For how many days inactive sessions are kept. */
  readonly retentionDays: number;
  /** How tokens rotate. */
  readonly rotation: RotationSettings;
  /** Failed sign-ins a minute for one account from one address. */
  readonly signInLimit: number;
  /** How long a database that says nothing counts as ready. Default: two seconds. */
  readonly databasePatienceMs?: number;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** What an operator presents to read the metrics; without it nobody can. */
  readonly metricsToken?: string | undefined;
}

export interface Context extends Dependencies {
  /** Ids in the order of their making (UUID version 7). */
  readonly newId: () => string;
  readonly tokens: Tokens;
  readonly addressLimit: AddressLimit;
  /** What is in the audit trail already of sessions in other networks than their own. */
  readonly otherNetworks: Memory<true>;
}

// Twice what one organization allows an address: two of them may have one office.
const addressFactor = 40;
const mostOtherNetworks = 10_000;

export function contextOf(dependencies: Dependencies): Context {
  const { clock, random, secrets, metrics, signInLimit } = dependencies;
  return {
    ...dependencies,
    announcements: observed(dependencies.announcements, metrics.confirmed),
    newId: () => newId(clock(), random),
    tokens: tokensUnder(secrets),
    otherNetworks: new Memory(mostOtherNetworks),
    addressLimit: limitAddresses(addressFactor * signInLimit),
  };
}

export function newId(now: Instant, random: Dependencies['random']): string {
  return v7({ msecs: toMilliseconds(now), random: random(16) });
}
