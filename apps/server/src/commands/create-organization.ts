/** `rollcall organization create`. */
import { Email } from '@rollcall/core/schema/email';
import { OrganizationName, OrganizationSlug } from '@rollcall/core/schema/organization';
import * as z from 'zod';
import { generatePassword } from '../authentication/generate-password.ts';
import { newId } from '../context.ts';
import { SlugTaken, createOrganization as writeOrganization } from '../organizations/create-organization.ts';
import { createUser } from '../users/create-user.ts';
import { type Command, CommandFailed, readOptions, type Surroundings } from './command.ts';
import { readPassword } from './read-password.ts';

const Options = z.object({
  organization: z.string('must be given').pipe(OrganizationSlug),
  name: OrganizationName.optional(),
  email: z.string('must be given').pipe(Email),
  'password-stdin': z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

export const createOrganization: Command = {
  name: 'organization create',
  usage: '--organization NAME --email ADDRESS [--name TEXT] [--password-stdin]',
  summary:
    'Creates an organization and its first administrator. NAME stands in addresses, TEXT on pages. Without --password-stdin a password is generated and printed.',
  options: {
    organization: { type: 'string' },
    name: { type: 'string' },
    email: { type: 'string' },
    'password-stdin': { type: 'boolean' },
  },
  prepare(values) {
    const given = readOptions(Options, values);
    return { readsInput: given['password-stdin'], run: (surroundings) => create(given, surroundings) };
  },
};

async function create({ organization: slug, name = slug, email, ...given }: Options, surroundings: Surroundings) {
  const { database, passwords, clock, random, input, print } = surroundings;
  const password = given['password-stdin'] ? await readPassword(input, [email, name]) : generatePassword(random);
  const passwordHash = await passwords.hash(password);
  const at = clock();
  const organizationId = newId(at, random);
  await writeOrganization(database, { organizationId, slug, name, at }).catch(refuseTaken);
  const ids = { organizationId, userId: newId(at, random), eventId: newId(at, random) };
  const administrator = { email, accountType: 'person', role: 'administrator', permissions: [] } as const;
  await database.inOrganization(organizationId, (tx) => createUser(tx, { ...ids, ...administrator, passwordHash, at }));
  print(`Created the organization ${slug} with the administrator ${email}, who signs in at /sign-in/${slug}.`);
  if (!given['password-stdin']) print(`Password: ${password}`);
  print(
    'With more than one organization, whoever signs in names theirs: people by that address, programs by `organization`.',
  );
  return 0;
}

function refuseTaken(error: unknown): never {
  if (error instanceof SlugTaken) throw new CommandFailed(`${error.message}; choose another --organization`);
  throw error;
}
