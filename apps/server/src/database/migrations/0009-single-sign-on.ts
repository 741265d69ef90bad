import type { Migration } from './index.ts';

const providers = `
-- One for each organization. The secret is sealed under the server's own (single-sign-on/sealing.ts).
create table identity_providers (
  organization_id uuid primary key references organizations,
  issuer text collate "C" not null,
  client_id text collate "C" not null,
  sealed_client_secret bytea,
  scopes text[] not null,
  email_domains text[] not null,
  group_claim text,
  administrator_groups text[] not null,
  trusted_with text[] not null,
  is_enabled boolean not null,
  changed_at timestamptz(3) not null
);

-- Whose account at a provider is whose here, from the first sign-in on.
create table provider_accounts (
  organization_id uuid not null references organizations,
  issuer text collate "C" not null,
  subject text collate "C" not null,
  user_id uuid not null,
  bound_at timestamptz(3) not null,
  primary key (organization_id, issuer, subject),
  foreign key (organization_id, user_id) references users
);

create index provider_accounts_of_user on provider_accounts (organization_id, user_id);

-- What may be used once: ways back from a provider, logout tokens. Kept until it would be refused anyway.
create table spent_tokens (
  organization_id uuid not null references organizations,
  kind text not null check (kind in ('sign-on', 'logout')),
  token_id text collate "C" not null,
  expires_at timestamptz(3) not null,
  primary key (organization_id, kind, token_id)
);

create index spent_tokens_by_expiry on spent_tokens (expires_at);

grant select, insert, update, delete on identity_providers to rollcall_service;
grant select, insert on provider_accounts to rollcall_service;
grant update (user_id, bound_at) on provider_accounts to rollcall_service;
grant select, insert on spent_tokens to rollcall_service;
grant select, delete on spent_tokens to rollcall_maintenance;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['identity_providers', 'provider_accounts', 'spent_tokens'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy one_organization on %I to rollcall_service
      using (organization_id = nullif(current_setting(''rollcall.organization'', true), '''')::uuid)', tenant_table);
    execute format('create policy maintenance on %I to rollcall_maintenance using (true)', tenant_table);
  end loop;
end
$$;
`;

const sessions = `
-- Which account of which provider a session was begun with, the provider's own session, and how strongly it authenticated them.
alter table sessions
  add column account_issuer text collate "C",
  add column account_subject text collate "C",
  add column provider_session text collate "C",
  add column authentication_methods text[],
  add column authentication_class text,
  add column authenticated_at timestamptz(3),
  add constraint account_whole check ((account_issuer is null) = (account_subject is null)
    and (account_issuer is null) = (authentication_methods is null)),
  add constraint account_beside check (account_issuer is not null
    or (provider_session is null and authentication_class is null and authenticated_at is null));

create index sessions_of_account on sessions (organization_id, account_subject)
  where account_subject is not null and ended_at is null;
create index sessions_of_provider_session on sessions (organization_id, provider_session)
  where provider_session is not null and ended_at is null;
`;

export const singleSignOn: Migration = { number: 9, name: 'single-sign-on', sql: providers + sessions };
