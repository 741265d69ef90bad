/** An export under way: what has come of it, and how it ends. */
import type { ExportFormat } from '@rollcall/core/schema/session-export';
import { RollcallError, type SessionExport, type SessionExportQuery } from '@rollcall/sdk';

export type ExportRequest = SessionExportQuery & { readonly format: ExportFormat };

type Begin = (query: ExportRequest, signal: AbortSignal) => Promise<SessionExport>;

const lineBreak = 10;
const keptInMemory = 16 * 1024 * 1024;

export class Export {
  state = $state<'idle' | 'running' | 'done' | 'failed'>('idle');
  total = $state(0);
  /** Sessions that have come. */
  received = $state(0);
  /** What the service said no with, of one that failed. */
  problem = $state<string>();
  readonly #begin: Begin;
  #cancellation: AbortController | undefined;

  constructor(begin: Begin) {
    this.#begin = begin;
  }

  /** The whole file; undefined where it was cancelled or broke off, of which a part is of no use. */
  async run(query: ExportRequest): Promise<Blob | undefined> {
    const cancellation = new AbortController();
    this.#cancellation = cancellation;
    this.state = 'running';
    this.problem = undefined;
    this.total = 0;
    this.received = 0;
    try {
      const { total, body } = await this.#begin(query, cancellation.signal);
      this.total = total;
      const file = await this.#collect(body, query.format);
      this.state = 'done';
      return file;
    } catch (failure) {
      this.problem = failure instanceof RollcallError ? failure.code : undefined;
      this.state = cancellation.signal.aborted ? 'idle' : 'failed';
      return undefined;
    }
  }

  cancel(): void {
    this.#cancellation?.abort();
  }

  // A browser keeps large blobs on its disk; what it is given piece by piece would stay in memory.
  async #collect(body: ReadableStream<Uint8Array>, format: ExportFormat): Promise<Blob> {
    let file = new Blob();
    let pieces: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    let lines = format === 'csv' ? -1 : 0;
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Blob([file, ...pieces]);
      pieces.push(new Uint8Array(value));
      size += value.length;
      lines += linesIn(value);
      this.received = Math.max(0, lines);
      if (size < keptInMemory) continue;
      file = new Blob([file, ...pieces]);
      pieces = [];
      size = 0;
    }
  }
}

// No value of a session holds a line break.
function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === lineBreak) lines += 1;
  return lines;
}
