/** `rollcall demo`: fills an organization with a believable population. */
import { type Organization, OrganizationSlug } from '@rollcall/core/schema/organization';
import * as z from 'zod';
import { newId } from '../context.ts';
import { writePopulation } from '../demo/write-population.ts';
import { createOrganization } from '../organizations/create-organization.ts';
import { findOrganization } from '../organizations/read-organization.ts';
import { type Command, readOptions, type Surroundings } from './command.ts';
import { organizationNamed } from './organization-option.ts';

const amount = 'must be a whole number from 1 to 1000000';

const Options = z.object({
  sessions: z
    .string(amount)
    .regex(/^[1-9]\d{0,6}$/, amount)
    .transform(Number)
    .pipe(z.number().max(1_000_000, amount)),
  seed: z.string().min(1, 'must not be empty').max(64, 'must have at most 64 characters').default('1'),
  organization: OrganizationSlug.optional(),
});
type Options = z.infer<typeof Options>;

export const demo: Command = {
  name: 'demo',
  usage: '--sessions N [--seed TEXT] [--organization NAME]',
  summary:
    'Fills an organization, which is created if need be, with a believable population: the same for the same seed.',
  options: { sessions: { type: 'string' }, seed: { type: 'string' }, organization: { type: 'string' } },
  prepare(values) {
    const options = readOptions(Options, values);
    return { readsInput: false, run: (surroundings) => fill(options, surroundings) };
  },
};

async function fill({ sessions: count, seed, organization: named }: Options, surroundings: Surroundings) {
  const { database, clock, random, timeouts, print } = surroundings;
  const { organizationId, slug } = await organizationToFill(named, surroundings);
  const population = { organization: slug, seed, now: clock(), timeouts };
  const added = await writePopulation(population, count, { database, organizationId, random });
  if (added.sessions === 0) {
    print(`Nothing to add: ${slug} has these ${count} sessions already. Another --seed makes other ones.`);
  } else {
    print(`Added ${added.sessions} sessions and ${added.users} users to ${slug} (seed ${seed}).`);
  }
  return 0;
}

async function organizationToFill(slug: string | undefined, surroundings: Surroundings): Promise<Organization> {
  const { database, clock, random } = surroundings;
  if (slug === undefined || (await findOrganization(database, slug))) return await organizationNamed(database, slug);
  const at = clock();
  return await createOrganization(database, { organizationId: newId(at, random), slug, name: slug, at });
}
