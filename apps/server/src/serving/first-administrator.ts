/** A new database has an organization and an administrator, so that somebody can sign in. */
import { passwordWeaknesses } from '@rollcall/core/password';
import { findWeakness } from '../authentication/common-passwords.ts';
import { generatePassword } from '../authentication/generate-password.ts';
import type { Passwords } from '../authentication/passwords.ts';
import { CommandFailed } from '../commands/command.ts';
import { type Dependencies, newId } from '../context.ts';
import type { Database } from '../database/database.ts';
import { createOrganization, SlugTaken } from '../organizations/create-organization.ts';
import { createUser, EmailTaken } from '../users/create-user.ts';

export interface FirstAdministrator {
  readonly email: string;
  /** Only where it was just generated. */
  readonly generatedPassword?: string;
}

export interface Founding extends Pick<Dependencies, 'clock' | 'random'> {
  readonly database: Database;
  readonly passwords: Passwords;
  readonly email: string;
  readonly password: string | undefined;
}

/** Answers the oldest organization's first administrator; makes either where it is missing. */
export async function ensureFirstAdministrator(founding: Founding): Promise<FirstAdministrator> {
  const { database, email } = founding;
  const organizationId = await ensureFirstOrganization(founding);
  const known = await firstAdministrator(database, organizationId);
  if (known !== undefined) return { email: known };
  try {
    return await createAdministrator(organizationId, founding);
  } catch (error) {
    if (!(error instanceof EmailTaken)) throw error;
  }
  // by another node that started at the same time, or by somebody else
  const other = await firstAdministrator(database, organizationId);
  if (other !== undefined) return { email: other };
  throw new CommandFailed(`${email} is no administrator, and there is none: set ROLLCALL_ADMIN_EMAIL to another one`);
}

async function ensureFirstOrganization(founding: Founding): Promise<string> {
  const { database, clock, random } = founding;
  const known = await oldestOrganization(database);
  if (known !== undefined) return known;
  const at = clock();
  const first = { organizationId: newId(at, random), slug: 'default', name: 'Default', at };
  try {
    return (await createOrganization(database, first)).organizationId;
  } catch (error) {
    const other = error instanceof SlugTaken ? await oldestOrganization(database) : undefined;
    if (other === undefined) throw error;
    return other;
  }
}

async function oldestOrganization(database: Database): Promise<string | undefined> {
  const row = await database.asMaintenance('organizations', (tx) =>
    tx
      .selectFrom('organizations')
      .select('organization_id')
      .orderBy('created_at')
      .orderBy('organization_id')
      .executeTakeFirst(),
  );
  return row?.organization_id;
}

// Whoever has no password cannot sign in: a demo's administrator is none.
async function firstAdministrator(database: Database, organizationId: string): Promise<string | undefined> {
  const row = await database.inOrganization(organizationId, (tx) =>
    tx
      .selectFrom('users')
      .select('email')
      .where('organization_id', '=', organizationId)
      .where('role', '=', 'administrator')
      .where('password_hash', 'is not', null)
      .orderBy('created_at')
      .orderBy('user_id')
      .executeTakeFirst(),
  );
  return row?.email;
}

async function chosenPassword({ password, email }: Founding): Promise<string | undefined> {
  const weakness = password !== undefined && (await findWeakness(password, [email]));
  if (weakness) throw new CommandFailed(`ROLLCALL_ADMIN_PASSWORD ${passwordWeaknesses[weakness]}: choose another one`);
  return password;
}

async function createAdministrator(organizationId: string, founding: Founding): Promise<FirstAdministrator> {
  const { database, passwords, clock, random, email } = founding;
  const password = (await chosenPassword(founding)) ?? generatePassword(random);
  const passwordHash = await passwords.hash(password);
  const at = clock();
  await database.inOrganization(organizationId, (tx) =>
    createUser(tx, {
      organizationId,
      userId: newId(at, random),
      email,
      accountType: 'person',
      role: 'administrator',
      permissions: [],
      passwordHash,
      at,
      eventId: newId(at, random),
    }),
  );
  return { email, ...(founding.password === undefined && { generatedPassword: password }) };
}
