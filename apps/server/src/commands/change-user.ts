/** `rollcall user password`, `user disable`, `user enable`, `user remove`. */
import { fold } from '@rollcall/core/fold';
import { Email } from '@rollcall/core/schema/email';
import { OrganizationSlug } from '@rollcall/core/schema/organization';
import * as z from 'zod';
import { generatePassword } from '../authentication/generate-password.ts';
import { newId } from '../context.ts';
import { changeUser, NoSuchUser } from '../users/change-user.ts';
import { type Command, CommandFailed, readOptions, type Surroundings } from './command.ts';
import { organizationNamed } from './organization-option.ts';
import { readPassword } from './read-password.ts';

const Options = z.object({
  email: z.string('must be given').pipe(Email),
  organization: OrganizationSlug.optional(),
  'password-stdin': z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

const usage = '--email ADDRESS [--organization NAME]';
const options = { email: { type: 'string' }, organization: { type: 'string' } } as const;

export const changePassword: Command = {
  name: 'user password',
  usage: `${usage} [--password-stdin]`,
  summary:
    'Gives a user another password, and ends their sessions. Without --password-stdin it is generated and printed.',
  options: { ...options, 'password-stdin': { type: 'boolean' } },
  prepare(values) {
    const given = readOptions(Options, values);
    return { readsInput: given['password-stdin'], run: (surroundings) => givePassword(given, surroundings) };
  },
};

export const disableUser = commandTo('disable', 'Keeps a user from signing in, and ends their sessions.', 'Disabled');
export const enableUser = commandTo('enable', 'Lets a disabled user sign in again.', 'Enabled');
export const removeUser = commandTo(
  'remove',
  'Removes a user, and ends their sessions. Their sessions and audit events stay; their e-mail is free.',
  'Removed',
);

function commandTo(kind: 'disable' | 'enable' | 'remove', summary: string, done: string): Command {
  return {
    name: `user ${kind}`,
    usage,
    summary,
    options,
    prepare(values) {
      const given = readOptions(Options, values);
      return { readsInput: false, run: (surroundings) => change(given, { kind, done }, surroundings) };
    },
  };
}

async function givePassword(given: Options, surroundings: Surroundings): Promise<number> {
  const { passwords, random, input, print } = surroundings;
  const password = given['password-stdin'] ? await readPassword(input, [given.email]) : generatePassword(random);
  const passwordHash = await passwords.hash(password);
  await change(given, { kind: 'password', passwordHash, done: 'Changed the password of' }, surroundings);
  if (!given['password-stdin']) print(`Password: ${password}`);
  return 0;
}

type Done = { readonly done: string } & (
  | { readonly kind: 'password'; readonly passwordHash: string }
  | { readonly kind: 'disable' | 'enable' | 'remove' }
);

async function change({ email, organization }: Options, { done, ...what }: Done, surroundings: Surroundings) {
  const { database, announcements, clock, random, print } = surroundings;
  const { organizationId, slug } = await organizationNamed(database, organization);
  try {
    const { result: ended } = await announcements.change(organizationId, async (tx, changed) => {
      const at = clock();
      const ids = { newId: () => newId(at, random), at, organizationId };
      const affected = await changeUser(tx, { ...ids, who: { emailFolded: fold(email) }, change: what });
      for (const requestId of affected.changed) changed(requestId);
      return affected.ended;
    });
    print(`${done} ${email} in ${slug}; ${ended.length === 1 ? '1 session' : `${ended.length} sessions`} ended.`);
    return 0;
  } catch (error) {
    if (error instanceof NoSuchUser) throw new CommandFailed(`${slug} has no user with the e-mail ${email}`);
    throw error;
  }
}
