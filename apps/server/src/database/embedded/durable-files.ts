/** PGlite's file system on Node, with an fsync that reaches the disk: PGlite's own answers success and does nothing. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

// What is used of Emscripten's NODEFS, which PGlite leaves untyped: a stream has the number of its file in Node, and none for a directory.
interface NodeFiles {
  stream_ops: { fsync?: (stream: OpenFile) => number };
  realPath(node: unknown): string;
}

interface OpenFile {
  nfd?: number;
  node: unknown;
}

export class DurableFiles extends NodeFS {
  /** How often a file or a directory was forced to the disk. */
  syncs = 0;

  override async init(...[pg, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = emscriptenOpts.preRun ?? [];
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, (module) => this.#makeDurable(module.NODEFS)] } };
  }

  #makeDurable(files: NodeFiles): void {
    files.stream_ops.fsync = ({ nfd, node }) => {
      if (nfd === undefined) syncDirectory(files.realPath(node));
      else fsyncSync(nfd);
      this.syncs += 1;
      return 0;
    };
  }
}

function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
