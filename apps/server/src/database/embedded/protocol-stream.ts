/** The socket that pg believes it has: its bytes go to the thread that runs the database, and the answers come back. */
import { Duplex } from 'node:stream';

/** Where the bytes go. */
export interface ProtocolServer {
  /** Resolves when it can be spoken to, rejects with why it cannot. */
  readonly opened: Promise<void>;
  /** Each call is answered by one `receive`, in order. */
  send(stream: ProtocolStream, bytes: Uint8Array<ArrayBuffer>): void;
}

export class ProtocolStream extends Duplex {
  readonly #server: ProtocolServer;

  constructor(server: ProtocolServer) {
    super();
    this.#server = server;
  }

  receive(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length > 0 && !this.destroyed) this.push(Buffer.from(bytes.buffer));
  }

  override _read(): void {
    // answers are pushed as they come
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // copied, because pg's buffers share memory with others and what is sent is given away
    this.#server.send(this, Uint8Array.from(chunk));
    done();
  }

  // pg corks the messages of one query: they travel as one
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#server.send(this, Uint8Array.from(Buffer.concat(chunks.map(({ chunk }) => chunk))));
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  // What else pg calls on a socket

  connect(): this {
    this.#server.opened.then(
      () => this.emit('connect'),
      (error) => this.destroy(error),
    );
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
