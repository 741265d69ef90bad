/** This node's memory, and how it hears of changes: alone with an embedded database, or one of several on PostgreSQL. */
import type { Instant } from '@rollcall/core/instant';
import type { Database } from '../database/database.ts';
import { announceToNodes } from './announce-to-nodes.ts';
import { type Announcements, announceHere } from './announcements.ts';
import { soleNode } from './lease.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { createRegistry, type Registry } from './registry.ts';

export interface NodeOptions {
  readonly database: Database;
  /** PostgreSQL, which other nodes may share; undefined where this process has its database to itself. */
  readonly url: string | undefined;
  readonly clock: () => Instant;
  /** Milliseconds, never backwards. */
  readonly monotonic: () => number;
  readonly newId: () => string;
  /** For how long something read may be relied on. */
  readonly patienceMs: number;
  /** Sessions that are remembered at most. */
  readonly capacity: number;
  /** How long a node may rely on its memory without having asked what has changed. Default: two seconds. */
  readonly leaseMs?: number;
  warn(error: unknown): void;
}

export interface Node {
  readonly registry: Registry;
  readonly announcements: Announcements;
  /** Gives its lease up. */
  close(): Promise<void>;
}

export async function openNode({ url, ...options }: NodeOptions): Promise<Node> {
  return url === undefined ? openSoleNode(options) : await openOneOfSeveral(url, options);
}

function openSoleNode(options: Omit<NodeOptions, 'url'>): Node {
  const registry = createRegistry({ ...options, lease: soleNode });
  return { registry, announcements: announceHere({ ...options, registry }), close: async () => {} };
}

async function openOneOfSeveral(url: string, options: Omit<NodeOptions, 'url'>): Promise<Node> {
  const { newId, monotonic, warn, leaseMs = 2000 } = options;
  const nodeId = newId();
  const keeper: LeaseKeeper = new LeaseKeeper({
    connection: { connectionString: url, application_name: 'rollcall lease', keepAlive: true },
    nodeId,
    leaseMs,
    renewEveryMs: leaseMs / 4,
    monotonic,
    forget: (organizationId, requestId) => registry.forget(organizationId, requestId),
    forgetAll: () => registry.forgetAll(),
    confirmed: (announcementId, confirmedBy) => announcements.confirmed(announcementId, confirmedBy),
    warn,
  });
  const registry = createRegistry({ ...options, lease: keeper });
  const liveNodes = () => keeper.liveNodes();
  const announcements = announceToNodes({ ...options, registry, nodeId, leaseMs, liveNodes });
  await keeper.start();
  return { registry, announcements, close: () => keeper.close() };
}
