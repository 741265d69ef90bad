/** One's organization, and what it chooses for itself. */
import type { Client } from 'openapi-fetch';
import { type CallOptions, dataOf, heeding } from './answer.ts';
import type { paths } from './schema.ts';
import type { OrganizationChange, OrganizationDetails } from './wire.ts';

export interface OwnOrganization {
  /** Its settings, and the service's own, which hold where it has chosen nothing. */
  get(options?: CallOptions): Promise<OrganizationDetails>;
  /** What is left out stays as it is, null takes the service's own. Needs `users:manage`; time-outs can only be shortened. */
  change(change: OrganizationChange, options?: CallOptions): Promise<OrganizationDetails>;
}

export function organizationThrough(api: Client<paths>): OwnOrganization {
  return {
    get: (options) => dataOf(api.GET('/api/Organization', heeding(options))),
    change: (body, options) => dataOf(api.PATCH('/api/Organization', { body, ...heeding(options) })),
  };
}
