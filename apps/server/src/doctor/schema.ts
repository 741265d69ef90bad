/** Whether the schema is this program's, and keeps organizations apart. */
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { MIGRATIONS } from '../database/migrations/index.ts';
import type { Examination } from './examination.ts';

export const migrationsAreCurrent: Examination = {
  sound: 'all migrations are applied, and no others',
  async examine({ database }) {
    const applied = await appliedMigrations(database);
    const known = MIGRATIONS.map(({ name }) => name);
    return [
      ...known.filter((name) => !applied.includes(name)).map((name) => `migration ${name} is not applied`),
      ...applied.filter((name) => !known.includes(name)).map((name) => `migration ${name} is unknown to this version`),
    ];
  },
};

/** Their names, in order. */
export async function appliedMigrations(database: Database): Promise<string[]> {
  const rows = await database.asMaintenance('doctor', (tx) =>
    tx.selectFrom('migrations').select('name').orderBy('number').execute(),
  );
  return rows.map(({ name }) => name);
}

export const organizationsAreKeptApart: Examination = {
  sound: 'row-level security is forced on every table of an organization',
  async examine({ database }) {
    const { rows } = await database.asMaintenance('doctor', (tx) =>
      sql<{ name: string }>`
        select relname as name
        from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'organization_id'
        where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
          and not (relrowsecurity and relforcerowsecurity)
          -- what the service cannot reach at all needs no policy
          and has_table_privilege('rollcall_service', pg_class.oid, 'select, insert, update, delete')
        order by relname`.execute(tx),
    );
    return rows.map(({ name }) => `row-level security is not forced on the table ${name}`);
  },
};

// Any organization will do to become the service: this one is nobody's.
const nobody = '00000000-0000-0000-0000-000000000000';

export const serviceHasNoPowers: Examination = {
  sound: 'the service works under a role that owns nothing and is no superuser',
  async examine({ database }) {
    const { rows } = await database.inOrganization(nobody, (tx) =>
      sql<{ role: string; too_much: string }>`
        select rolname as role, too_much
        from pg_roles, lateral (values
          ('is a superuser', rolsuper),
          ('passes row-level security by', rolbypassrls),
          ('owns tables', exists (select from pg_class where relowner = pg_roles.oid and relkind in ('r', 'p')))
        ) as power (too_much, has_it)
        where rolname = current_user and has_it`.execute(tx),
    );
    return rows.map(({ role, too_much }) => `the role ${role} ${too_much}`);
  },
};
