import type { Migration } from './index.ts';

export const savedViews: Migration = {
  number: 4,
  name: 'saved-views',
  sql: `
create table saved_views (
  organization_id uuid not null references organizations,
  view_id uuid not null,
  user_id uuid,
  name text collate "C" not null,
  search text not null,
  status text not null,
  sort text not null,
  columns text[] not null,
  saved_at timestamptz not null,
  primary key (organization_id, view_id),
  foreign key (organization_id, user_id) references users,
  unique nulls not distinct (organization_id, user_id, name)
);

alter table saved_views enable row level security;
alter table saved_views force row level security;
create policy one_organization on saved_views to rollcall_service
  using (organization_id = nullif(current_setting('rollcall.organization', true), '')::uuid);
grant select, insert, delete on saved_views to rollcall_service;
grant update (search, status, sort, columns, saved_at) on saved_views to rollcall_service;
`,
};
