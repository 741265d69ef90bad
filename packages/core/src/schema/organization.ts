import * as z from 'zod';

export const OrganizationId = z.uuid().meta({ id: 'OrganizationId' });

/** The name of an organization in addresses and at sign-in: lower-case letters, digits and inner hyphens. */
export const OrganizationSlug = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters, digits and hyphens')
  .meta({ id: 'OrganizationSlug', example: 'acme' });

/** The tenant. Nothing ever crosses it. */
export const Organization = z
  .object({ organizationId: OrganizationId, slug: OrganizationSlug, name: z.string() })
  .meta({ id: 'Organization' });
export type Organization = z.infer<typeof Organization>;
