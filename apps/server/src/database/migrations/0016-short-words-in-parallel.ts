import type { Migration } from './index.ts';

// A word too short for trigrams is looked for in every text. On a server with more than one processor the texts are shared out.
const sharing = 'alter function sessions_with_text reset max_parallel_workers_per_gather';

export const shortWordsInParallel: Migration = { number: 16, name: 'short-words-in-parallel', sql: sharing };
