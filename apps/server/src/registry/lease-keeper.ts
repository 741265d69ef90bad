/**
 * The lease of one node among several. Renewing it and reading what has changed since are one statement: a lease is never
 * longer than what it covers. NOTIFY only says that it is time to ask again, so a lost one costs time, never the truth.
 */
import pg from 'pg';
import * as z from 'zod';
import { beginService } from '../database/pooled-database.ts';
import type { Lease } from './lease.ts';

/** Sent by whoever commits changes. */
export const changesChannel = 'rollcall_changes';
/** Sent by whoever has forgotten: the node's id, then announcements. */
const confirmationsChannel = 'rollcall_confirmations';

export interface LeaseKeeperOptions {
  readonly connection: pg.ClientConfig;
  readonly nodeId: string;
  readonly leaseMs: number;
  readonly renewEveryMs: number;
  /** Milliseconds, never backwards. */
  readonly monotonic: () => number;
  forget(organizationId: string, requestId: string): void;
  forgetAll(): void;
  /** A node, this one too, has forgotten what an announcement named. */
  confirmed(announcementId: string, nodeId: string): void;
  warn(error: unknown): void;
}

// After more than this, what changed meanwhile may no longer be on record.
const longestCatchUpMs = 5 * 60_000;
const tidyEveryMs = 60_000;
// 8,000 bytes are the most that a notification carries.
const announcementsPerNotification = 200;

const Renewal = z.object({
  unseen_since: z.string(),
  changes: z.array(z.tuple([z.string(), z.string(), z.string()])),
});

export class LeaseKeeper implements Lease {
  readonly #options: LeaseKeeperOptions;
  #client: pg.Client | undefined;
  #validUntil = Number.NEGATIVE_INFINITY;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #tidiedAt = Number.NEGATIVE_INFINITY;
  #unseenSince = '';
  /** Announcements that are heard of again for as long as some older transaction is open. */
  #known: ReadonlySet<string> = new Set();
  #running: Promise<void> | undefined;
  #isAskedAgain: boolean = false;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  isValid(): boolean {
    return this.#options.monotonic() < this.#validUntil;
  }

  /** Resolves after the first attempt; whatever fails is tried again until `close`. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.renew(), this.#options.renewEveryMs);
    await this.renew();
  }

  /** Gives the lease up, so that nobody waits for it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#validUntil = Number.NEGATIVE_INFINITY;
    await this.#running;
    const client = this.#client;
    this.#client = undefined;
    await client?.query('select end_lease($1)', [this.#options.nodeId]).catch(this.#options.warn);
    await client?.end().catch(this.#options.warn);
  }

  /** Asks for what has changed and for a new lease; asked again meanwhile, it does so once more afterwards. */
  renew(): Promise<void> {
    this.#isAskedAgain = this.#running !== undefined;
    this.#running ??= this.#renewUntilQuiet().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** The nodes that hold a lease. Waits for grants under way, so that none of them is missed. */
  async liveNodes(): Promise<string[]> {
    if (this.#client === undefined) throw new Error('there is no connection on which to ask for leases');
    const { rows } = await this.#client.query<{ node_id: string }>('select node_id from live_leases() as node_id');
    return rows.map(({ node_id }) => node_id);
  }

  async #renewUntilQuiet(): Promise<void> {
    do {
      this.#isAskedAgain = false;
      try {
        await this.#renewOnce();
      } catch (error) {
        this.#drop(this.#client);
        if (!this.#isClosed) this.#options.warn(error);
      }
    } while (this.#isAskedAgain && !this.#isClosed);
  }

  async #renewOnce(): Promise<void> {
    const { monotonic, leaseMs, nodeId, forget, confirmed } = this.#options;
    const client = this.#client ?? (await this.#connect());
    const askedAt = monotonic();
    const { rows } = await client.query('select * from renew_lease($1, $2, $3)', [nodeId, leaseMs, this.#unseenSince]);
    const { unseen_since, changes } = Renewal.parse(rows[0]);
    for (const [announcementId, organizationId, requestId] of changes) {
      if (!this.#known.has(announcementId)) forget(organizationId, requestId);
    }
    const heard = new Set(changes.map(([announcementId]) => announcementId));
    const news = [...heard].filter((announcementId) => !this.#known.has(announcementId));
    this.#known = heard;
    this.#unseenSince = unseen_since;
    this.#renewedAt = askedAt;
    // a connection that broke while the answer was on its way has taken the lease with it
    if (this.#client === client) this.#validUntil = askedAt + leaseMs;
    for (const announcementId of news) confirmed(announcementId, nodeId);
    for (let first = 0; first < news.length; first += announcementsPerNotification) {
      const payload = [nodeId, ...news.slice(first, first + announcementsPerNotification)].join(' ');
      await client.query('select pg_notify($1, $2)', [confirmationsChannel, payload]);
    }
    await this.#tidy(client);
  }

  async #connect(): Promise<pg.Client> {
    const { connection, nodeId, monotonic, forgetAll, leaseMs } = this.#options;
    const client = new pg.Client({
      ...connection,
      pipeline: true,
      query_timeout: leaseMs,
      connectionTimeoutMillis: leaseMs,
    });
    client.on('error', (error) => this.#drop(client, error)).on('end', () => this.#drop(client));
    client.on('notification', (message) => this.#hear(message));
    try {
      await client.connect();
      await beginService(client);
      await client.query(`listen ${changesChannel}; listen ${confirmationsChannel}`);
      const { rows } = await client.query('select begin_lease($1) as unseen_since', [nodeId]);
      const { unseen_since } = z.object({ unseen_since: z.string() }).parse(rows[0]);
      if (monotonic() - this.#renewedAt > longestCatchUpMs) {
        forgetAll();
        this.#unseenSince = unseen_since;
      }
      this.#client = client;
      return client;
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
  }

  #hear({ channel, payload = '' }: pg.Notification): void {
    if (channel === changesChannel) void this.renew();
    const [nodeId, ...announcementIds] = payload.split(' ');
    if (channel !== confirmationsChannel || nodeId === undefined) return;
    for (const announcementId of announcementIds) this.#options.confirmed(announcementId, nodeId);
  }

  /** Nothing is heard any more: what is remembered may not be relied on from now. */
  #drop(client: pg.Client | undefined, error?: Error): void {
    if (client === undefined || client !== this.#client) return;
    if (error) this.#options.warn(error);
    this.#validUntil = Number.NEGATIVE_INFINITY;
    this.#client = undefined;
    client.end().catch(() => {});
  }

  async #tidy(client: pg.Client): Promise<void> {
    if (this.#options.monotonic() - this.#tidiedAt < tidyEveryMs) return;
    this.#tidiedAt = this.#options.monotonic();
    await client.query('select forget_old_changes()');
  }
}
