/** Lines of the log, gathered and written together: a write for every request would cost a fifth of it. */

/** What takes the text; the same as a stream of pino's, as far as it is used here. */
export interface Destination {
  write(text: string): unknown;
  /** Resolved or not, all that was written is out when it returns. */
  flushSync(): void;
}

export interface LogLines {
  write(line: string): void;
  /** Hands over what was gathered. */
  flush(): void;
  /** For the end of the process: nothing is left behind, and nothing is waited for. */
  flushSync(): void;
}

const mostCharacters = 32_768;

export function gatherLines(destination: Destination): LogLines {
  let lines: string[] = [];
  let characters = 0;

  function flush(): void {
    if (lines.length === 0) return;
    const text = lines.join('');
    lines = [];
    characters = 0;
    destination.write(text);
  }
  return {
    write(line) {
      lines.push(line);
      characters += line.length;
      if (characters >= mostCharacters) flush();
    },
    flush,
    flushSync() {
      flush();
      destination.flushSync();
    },
  };
}
