/** `rollcall user create`. */
import { Email } from '@rollcall/core/schema/email';
import { OrganizationSlug } from '@rollcall/core/schema/organization';
import { Permission, Role } from '@rollcall/core/schema/user';
import * as z from 'zod';
import { generatePassword } from '../authentication/generate-password.ts';
import { newId } from '../context.ts';
import { EmailTaken, createUser as writeUser } from '../users/create-user.ts';
import { type Command, CommandFailed, readOptions, type Surroundings } from './command.ts';
import { organizationNamed } from './organization-option.ts';
import { readPassword } from './read-password.ts';

const Options = z
  .object({
    email: z.string('must be given').pipe(Email),
    role: z.enum(Role.options, `must be one of ${Role.options.join(', ')}`).default('member'),
    organization: OrganizationSlug.optional(),
    permission: z.array(z.enum(Permission.options, `must be one of ${Permission.options.join(', ')}`)).default([]),
    service: z.boolean().default(false),
    'password-stdin': z.boolean().default(false),
  })
  .refine(({ role, service }) => !(service && role === 'administrator'), {
    path: ['role'],
    message: 'must be member for a service account',
  });
type Options = z.infer<typeof Options>;

export const createUser: Command = {
  name: 'user create',
  usage:
    '--email ADDRESS [--role administrator|member] [--permission NAME]... [--organization NAME] [--service] [--password-stdin]',
  summary: 'Creates a user. Without --password-stdin a password is generated and printed.',
  options: {
    email: { type: 'string' },
    role: { type: 'string' },
    permission: { type: 'string', multiple: true },
    organization: { type: 'string' },
    service: { type: 'boolean' },
    'password-stdin': { type: 'boolean' },
  },
  prepare(values) {
    const options = readOptions(Options, values);
    return { readsInput: options['password-stdin'], run: (surroundings) => create(options, surroundings) };
  },
};

async function create(options: Options, { database, passwords, clock, random, input, print }: Surroundings) {
  const password = options['password-stdin'] ? await readPassword(input, [options.email]) : generatePassword(random);
  const { organizationId, slug } = await organizationNamed(database, options.organization);
  const passwordHash = await passwords.hash(password);
  const at = clock();
  try {
    await database.inOrganization(organizationId, (tx) =>
      writeUser(tx, {
        organizationId,
        userId: newId(at, random),
        email: options.email,
        accountType: options.service ? 'service' : 'person',
        role: options.role,
        permissions: [...new Set(options.permission)],
        passwordHash,
        at,
        eventId: newId(at, random),
      }),
    );
  } catch (error) {
    if (error instanceof EmailTaken) throw new CommandFailed(`${slug} has a user with the e-mail ${options.email}`);
    throw error;
  }
  print(`Created ${options.email} (${options.role}) in ${slug}.`);
  if (!options['password-stdin']) print(`Password: ${password}`);
  return 0;
}
