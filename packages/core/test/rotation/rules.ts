/** What a server goes by, so that a test can take one rule out of it: core's rotation, and what the server does around it. */
import type { TokenState } from '../../src/rotation.ts';
import * as rotation from '../../src/rotation.ts';

export interface Rules {
  readonly judgeFromMemory: typeof rotation.judgeFromMemory;
  readonly judgeFromDatabase: typeof rotation.judgeFromDatabase;
  readonly remember: typeof rotation.remember;
  /** The condition of the UPDATE that follows a verdict: `row` is what it finds. */
  readonly mayWrite: (effect: 'confirm' | 'end', judged: TokenState, row: TokenState) => boolean;
  /** Whether a node, about to act on an answer, looks again whether it has heard of an end. */
  readonly looksAgain: boolean;
  /** Whether the row is read anew for a request that comes while an answer is on its way to the memory. */
  readonly readsAnew: boolean;
  /** Whether a token's mac is verified before its number is judged. */
  readonly verifiesMac: boolean;
}

export const rules: Rules = {
  judgeFromMemory: rotation.judgeFromMemory,
  judgeFromDatabase: rotation.judgeFromDatabase,
  remember: rotation.remember,
  mayWrite: (_effect, judged, row) => judged.generation === row.generation && !row.ended,
  looksAgain: true,
  readsAnew: true,
  verifiesMac: true,
};
