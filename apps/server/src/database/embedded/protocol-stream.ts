/** The socket that pg believes it has: its bytes go to the worker that runs the database, and the answers come back. */
import { Duplex } from 'node:stream';

export class ProtocolStream extends Duplex {
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => void;

  constructor(send: (bytes: Uint8Array<ArrayBuffer>) => void) {
    super({ decodeStrings: true });
    this.#send = send;
  }

  receive(bytes: Uint8Array): void {
    if (!this.destroyed) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  override _read(): void {
    // answers are pushed as they come
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send(Uint8Array.from(chunk));
    done();
  }

  // pg corks the messages of one query: together they are one message to the worker, which costs more than their bytes
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    const all = Buffer.concat(chunks.map(({ chunk }) => chunk));
    this.#send(Uint8Array.from(all));
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  // What pg calls on a socket

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
