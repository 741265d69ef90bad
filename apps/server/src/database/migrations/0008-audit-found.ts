import type { Migration } from './index.ts';

/**
 * One index for each way into the trail, by which its newest events come first. What is passed over for the sake of another condition is read from the
 * index alone. That nobody may change an event holds for the service; here their owner adds what follows from them.
 */
export const auditFound: Migration = {
  number: 8,
  name: 'audit-found',
  sql: `
alter table audit_events
  add column actor_email_folded text collate "C",
  add column subject_email_folded text collate "C";

-- Letters beyond ASCII as near to the program's own folding as SQL comes.
update audit_events set
  actor_email_folded = lower(normalize(actor_email, nfkc)),
  subject_email_folded = lower(normalize(subject_email, nfkc))
where actor_email is not null or subject_email is not null;

create index audit_events_of_action on audit_events (organization_id, action, outcome, at desc, event_id desc);
create index audit_events_refused on audit_events (organization_id, at desc, event_id desc) where outcome = 'refused';
create index audit_events_by on audit_events (organization_id, actor_email_folded, at desc, event_id desc)
  include (action, outcome) where actor_email_folded is not null;
create index audit_events_about on audit_events (organization_id, subject_email_folded, at desc, event_id desc)
  include (action, outcome) where subject_email_folded is not null;
create index audit_events_in_name_of on audit_events (organization_id, actor_request_id, at desc, event_id desc)
  where actor_request_id is not null;
`,
};
