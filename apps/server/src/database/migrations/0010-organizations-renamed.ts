import type { Migration } from './index.ts';

export const organizationsRenamed: Migration = {
  number: 10,
  name: 'organizations-renamed',
  sql: 'grant update (name) on organizations to rollcall_service;',
};
