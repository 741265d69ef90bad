/**
 * One process per data directory: PGlite lets two open it, and then loses rows.
 *
 * Whoever wants the directory listens on a socket of its own in it, and only then asks every other socket there. A socket
 * answers exactly as long as its process lives, so a killed process holds nothing, and a process id that is used again
 * means nothing. Of two that come at once, the one that asks later finds the other listening: they cannot both be alone.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';

/** Somebody else has the data directory. The message is one line for the operator. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
}

/** No socket can be in the data directory. The message is one line for the operator. */
export class DirectoryUnusable extends Error {
  override readonly name = 'DirectoryUnusable';
}

export interface DirectoryLock {
  release(): Promise<void>;
}

const Claim = z.object({ pid: z.number(), since: z.string(), holds: z.boolean() });
type Claim = z.infer<typeof Claim>;

/** `since` is the instant that a second process is told. Resolves when this process alone has the directory. */
export async function lockDirectory(directory: string, since: string): Promise<DirectoryLock> {
  refuseLongPath(directory);
  for (;;) {
    const candidacy = await Candidacy.announce(directory, { pid: process.pid, since, holds: false });
    const rivals = await Promise.all(candidacy.othersInDirectory().map(ask));
    const alive = rivals.filter((rival) => rival.claim !== 'dead');
    if (alive.length === 0 && candidacy.isVisible()) {
      candidacy.claim.holds = true;
      // only the holder tidies up: to anybody else, "dead" may mean "about to listen"
      for (const { socket } of rivals) rmSync(socket, { force: true });
      return { release: () => candidacy.withdraw() };
    }
    await candidacy.withdraw();
    for (const { claim } of alive) {
      if (claim === 'silent') throw new DirectoryInUse(`${directory} is in use by a process that does not answer`);
      if (claim !== 'dead' && claim.holds) {
        throw new DirectoryInUse(`${directory} is in use by process ${claim.pid} since ${claim.since}`);
      }
    }
    // all were candidates like this one, who withdrew too: whoever comes back first finds nobody
    await pause(Math.random() * 100);
  }
}

class Candidacy {
  readonly claim: Claim;
  readonly #directory: string;
  readonly #name: string;
  readonly #server: Server;

  private constructor(directory: string, claim: Claim) {
    this.#directory = directory;
    this.#name = `lock-${randomBytes(4).toString('hex')}.sock`;
    this.claim = claim;
    this.#server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      // closed from this side, so that nobody can keep a server that is closing open
      socket.end(JSON.stringify(this.claim), () => socket.destroy());
    });
    this.#server.unref();
  }

  static async announce(directory: string, claim: Claim): Promise<Candidacy> {
    const candidacy = new Candidacy(directory, claim);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket = join(directory, candidacy.#name);
    candidacy.#server.once('error', reject).listen(socket, resolve);
    await promise;
    chmodSync(socket, 0o600);
    return candidacy;
  }

  othersInDirectory(): string[] {
    return readdirSync(this.#directory)
      .filter((name) => /^lock-[0-9a-f]{8}\.sock$/.test(name) && name !== this.#name)
      .map((name) => join(this.#directory, name));
  }

  /** False when a holder, who has gone since, took the socket for a dead one before it listened. */
  isVisible(): boolean {
    return existsSync(join(this.#directory, this.#name));
  }

  async withdraw(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    await promise;
  }
}

interface Rival {
  socket: string;
  claim: Claim | 'dead' | 'silent';
}

const PATIENCE_MS = 2000;

// Dead is only what the kernel says is dead. A process that is stopped, or whom we may not ask, is alive.
async function ask(socket: string): Promise<Rival> {
  const connection = connect(socket);
  connection.setTimeout(PATIENCE_MS, () => connection.destroy(new Error('no answer')));
  try {
    return { socket, claim: Claim.parse(JSON.parse(await text(connection))) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { socket, claim: code === 'ECONNREFUSED' || code === 'ENOENT' ? 'dead' : 'silent' };
  }
}

// The kernel's limit for the path of a socket, which it would otherwise cut short.
const LONGEST_PATH = process.platform === 'darwin' ? 103 : 107;

function refuseLongPath(directory: string): void {
  const most = LONGEST_PATH - '/lock-00000000.sock'.length;
  const length = Buffer.byteLength(directory);
  if (length > most)
    throw new DirectoryUnusable(
      `the path of the data directory has ${length} bytes, and may have ${most}: ${directory}`,
    );
}
