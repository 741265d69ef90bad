/** `rollcall serve`: the API and the console on one port, until it is told to stop. */
import { once } from 'node:events';
import { Registry as Collection, collectDefaultMetrics } from 'prom-client';
import { createActivityRecorder } from '../activity/activity-recorder.ts';
import { createApp } from '../app.ts';
import { type Configuration, rotationOf, timeoutsOf } from '../config.ts';
import { contextOf, type Dependencies, newId } from '../context.ts';
import { sweepEvery } from '../expiry/sweep.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { openNode } from '../registry/open-node.ts';
import { openConfiguredDatabase } from '../serving/configured-database.ts';
import { type ConsoleHandler, dispatcher } from '../serving/dispatch.ts';
import { ensureFirstAdministrator } from '../serving/first-administrator.ts';
import { secretsFor } from '../serving/secrets.ts';
import { tokenChecks } from '../serving/token-checks.ts';
import { listen } from '../serving/web-server.ts';
import { welcome } from '../serving/welcome.ts';
import { listenForCommands } from './command-socket.ts';
import { runnerOn } from './run-typed.ts';

export interface Serving extends Pick<Dependencies, 'clock' | 'random' | 'passwords' | 'fetch' | 'log'> {
  readonly configuration: Configuration;
  /** Undefined where the console is not built. */
  readonly console: ConsoleHandler | undefined;
  readonly stop: AbortSignal;
  print(text: string): void;
}

const flushIntervalMs = 1000;
const expiryIntervalMs = 5000;
const patienceMs = 10_000;
const monotonic = () => performance.now();

/** Resolves when everything has been put down in good order. */
export async function serve({ configuration, console: page, stop, print, ...machine }: Serving): Promise<void> {
  const { clock, random, passwords, log } = machine;
  const nextId = () => newId(clock(), random);
  const timeouts = timeoutsOf(configuration);
  const rotation = rotationOf(configuration);
  // closed from the last to the first: no more requests, then what they did is written, then the database closes
  await using open = new AsyncDisposableStack();
  const database = await openConfiguredDatabase(configuration);
  open.defer(() => database.close());
  const activity = createActivityRecorder({ database, log });
  open.defer(() => activity.flushAll());
  const flushing = setInterval(() => void activity.flushAll(), flushIntervalMs);
  open.defer(() => clearInterval(flushing));
  const node = await openNode({
    database,
    url: configuration.databaseUrl,
    clock,
    monotonic,
    newId: nextId,
    patienceMs: rotation.graceMs,
    capacity: configuration.rememberedSessions,
    warn: (error) => log.warn({ err: error }, 'what other nodes change is not heard of: the database is asked instead'),
  });
  open.defer(() => node.close());
  const secrets = secretsFor(configuration, random);
  const web = await listen(configuration);
  open.defer(() => web.close(patienceMs));

  const { administratorEmail: email, administratorPassword: password } = configuration;
  const administrator = await ensureFirstAdministrator({ database, passwords, clock, random, email, password });
  const publicUrl = new URL(configuration.publicUrl ?? `http://localhost:${web.port}`);
  const { trustedProxies, allowedOrigins, signInLimit, retentionDays } = configuration;
  const limits = { trustedProxies, allowedOrigins, signInLimit, timeouts, retentionDays, rotation };
  const { registry, announcements } = node;
  const collection = new Collection();
  collectDefaultMetrics({ register: collection });
  const metrics = createMetrics({ collection, registry, activity });
  const sweeping = sweepEvery(
    expiryIntervalMs,
    { announcements, clock, database, newId: nextId, timeouts, retentionDays },
    log,
  );
  open.defer(() => sweeping.stop());
  const context = contextOf({
    ...machine,
    ...limits,
    monotonic,
    database,
    activity,
    registry,
    announcements,
    secrets,
    publicUrl,
    metrics,
    metricsToken: configuration.metricsToken,
  });
  const answering = { api: createApp(context), answerTokenCheck: tokenChecks(context), console: page, publicUrl };
  web.answerWith(dispatcher({ ...answering, log, newId: nextId, monotonic, trustedProxies }));

  const dataDirectory = database.engine === 'embedded' ? configuration.dataDirectory : undefined;
  if (dataDirectory !== undefined) {
    const commands = await listenForCommands(
      dataDirectory,
      runnerOn({ database, announcements, timeouts, passwords, clock, random }),
    );
    open.defer(() => commands.close());
  }
  print(welcome({ publicUrl, administrator, dataDirectory, hasConsole: page !== undefined }));
  if (!stop.aborted) await once(stop, 'abort');
}
