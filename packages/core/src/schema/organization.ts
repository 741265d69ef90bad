import * as z from 'zod';
import { PlainText } from './text.ts';

export const OrganizationId = z.uuid().meta({ id: 'OrganizationId' });

/** The name of an organization in addresses and at sign-in: lower-case letters, digits and inner hyphens. */
export const OrganizationSlug = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters, digits and hyphens')
  .meta({ id: 'OrganizationSlug', example: 'acme' });

/** What pages call an organization. */
export const OrganizationName = PlainText.trim().min(1).max(80).meta({ id: 'OrganizationName', example: 'Acme' });

/** The tenant. Nothing ever crosses it. */
export const Organization = z
  .object({ organizationId: OrganizationId, slug: OrganizationSlug, name: z.string() })
  .meta({ id: 'Organization' });
export type Organization = z.infer<typeof Organization>;

export const NetworkBinding = z.enum(['off', 'log', 'strict']).meta({
  id: 'NetworkBinding',
  description:
    'What a request from another network than the session’s own means: nothing; it is accepted, and audited once for each network; or it is refused with `other-network`, audited likewise, and the session goes on where it was begun. A network is the /24 of an IPv4 address, the /48 of an IPv6 one',
});
export type NetworkBinding = z.infer<typeof NetworkBinding>;

const chosenSeconds = z.int().min(1).max(315_360_000).nullable();

/** What an organization chooses for itself; null is what the service has for everybody, and `networkBinding` is `log` until it is chosen. */
export const OrganizationSettings = z
  .strictObject({
    idleTimeoutSeconds: chosenSeconds.meta({ description: 'How long a session lives without activity' }),
    absoluteTimeoutSeconds: chosenSeconds.meta({ description: 'How long a session lives at most' }),
    sessionLimit: z
      .int()
      .min(1)
      .max(1000)
      .nullable()
      .meta({ description: 'Active sessions of one user; where one more begins, the oldest ends. Null: any number' }),
    retentionDays: z
      .int()
      .min(1)
      .max(3650)
      .nullable()
      .meta({ description: 'For how many days inactive sessions are kept; the audit trail stays' }),
    networkBinding: NetworkBinding,
  })
  .meta({ id: 'OrganizationSettings' });
export type OrganizationSettings = z.infer<typeof OrganizationSettings>;

/** Some of the settings; the others stay as they are. */
export const SettingsChange = OrganizationSettings.partial().meta({ id: 'SettingsChange' });
export type SettingsChange = z.infer<typeof SettingsChange>;

/** The name, and some of the settings. */
export const OrganizationChange = SettingsChange.extend({ name: OrganizationName.optional() }).meta({
  id: 'OrganizationChange',
});
export type OrganizationChange = z.infer<typeof OrganizationChange>;

/** What holds where an organization has chosen nothing. */
export const ServiceSettings = z
  .object({ idleTimeoutSeconds: z.int(), absoluteTimeoutSeconds: z.int(), retentionDays: z.int() })
  .meta({ id: 'ServiceSettings' });
export type ServiceSettings = z.infer<typeof ServiceSettings>;

export const OrganizationAnswer = z
  .object({
    organization: Organization,
    settings: OrganizationSettings,
    service: ServiceSettings.meta({ description: 'The service’s own' }),
  })
  .meta({ id: 'OrganizationAnswer' });
export type OrganizationAnswer = z.infer<typeof OrganizationAnswer>;
