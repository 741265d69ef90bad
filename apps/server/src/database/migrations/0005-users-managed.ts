import type { Migration } from './index.ts';

export const usersManaged: Migration = {
  number: 5,
  name: 'users-managed',
  sql: `
-- What a one-time link is checked against; the link itself is kept nowhere. A newer link takes the place of the former.
alter table users
  -- When they first chose a password or came in another way; until then they are invited.
  add column joined_at timestamptz(3),
  add column password_link_hash bytea,
  add column password_link_expires_at timestamptz(3),
  add constraint password_link_whole check ((password_link_hash is null) = (password_link_expires_at is null));
update users set joined_at = created_at;

create index users_by_email on users (organization_id, email_folded, user_id) where removed_at is null;

-- When somebody was last here, and how many active sessions they have, without looking at all that they ever had.
drop index sessions_of_user;
create index sessions_of_user on sessions (organization_id, user_id, last_activity)
  include (created_at, ended_at);
`,
};
