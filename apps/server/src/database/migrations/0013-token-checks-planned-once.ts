import type { Migration } from './index.ts';

// Always by key, whatever the keys: but a plan for few keys looks cheaper than one for any number, so that PostgreSQL made one for every statement, which took
// four times as long as looking ten keys up.
const plannedOnce = 'alter function sessions_by_key set plan_cache_mode = force_generic_plan';

export const tokenChecksPlannedOnce: Migration = { number: 13, name: 'token-checks-planned-once', sql: plannedOnce };
