/** Every change of the schema, in order. A migration that has been released is never edited: the next one mends it. */
import { organizationsUsersSessions } from './0001-organizations-users-sessions.ts';
import { tokensThatRotate } from './0002-tokens-that-rotate.ts';
import { searchAndCounts } from './0003-search-and-counts.ts';
import { savedViews } from './0004-saved-views.ts';
import { usersManaged } from './0005-users-managed.ts';
import { apiKeys } from './0006-api-keys.ts';
import { auditOfSessions } from './0007-audit-of-sessions.ts';
import { auditFound } from './0008-audit-found.ts';
import { singleSignOn } from './0009-single-sign-on.ts';
import { organizationsRenamed } from './0010-organizations-renamed.ts';
import { networkBinding } from './0011-network-binding.ts';
import { searchesByIndex } from './0012-searches-by-index.ts';
import { tokenChecksPlannedOnce } from './0013-token-checks-planned-once.ts';
import { userAgentsByIndex } from './0014-user-agents-by-index.ts';
import { runOutPlannedOnce } from './0015-run-out-planned-once.ts';
import { shortWordsInParallel } from './0016-short-words-in-parallel.ts';
import { factsBesideSessions } from './0017-facts-beside-sessions.ts';

export interface Migration {
  number: number;
  name: string;
  sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  organizationsUsersSessions,
  tokensThatRotate,
  searchAndCounts,
  savedViews,
  usersManaged,
  apiKeys,
  auditOfSessions,
  auditFound,
  singleSignOn,
  organizationsRenamed,
  networkBinding,
  searchesByIndex,
  tokenChecksPlannedOnce,
  userAgentsByIndex,
  runOutPlannedOnce,
  shortWordsInParallel,
  factsBesideSessions,
];
