import type { Migration } from './index.ts';

export const auditOfSessions: Migration = {
  number: 7,
  name: 'audit-of-sessions',
  sql: `
create index audit_events_of_session on audit_events (organization_id, subject_request_id, at desc, event_id desc)
  where subject_request_id is not null;
`,
};
