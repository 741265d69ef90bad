import * as z from 'zod';

/** One address on a request's way, as it was written. */
export const AddressHop = z
  .object({
    written: z.string(),
    source: z
      .enum(['connection', 'x-forwarded-for'])
      .meta({ description: 'The other end of the connection, or an entry of the header, the last one first' }),
    verdict: z.enum(['trusted-proxy', 'client', 'not-believed']).meta({
      description:
        '`trusted-proxy`: its word about the next one counts; `client`: this is the address that was decided; `not-believed`: whoever wrote it is not trusted',
    }),
  })
  .meta({ id: 'AddressHop' });
export type AddressHop = z.infer<typeof AddressHop>;

/** How the address of a request was decided. */
export const ClientAddress = z
  .object({
    ipAddress: z.string().meta({ description: 'What was decided' }),
    hops: z.array(AddressHop).meta({ description: 'From the connection outwards' }),
    trustedProxies: z.array(z.string()).meta({ description: 'Addresses and networks of `ROLLCALL_TRUSTED_PROXIES`' }),
  })
  .meta({ id: 'ClientAddress' });
export type ClientAddress = z.infer<typeof ClientAddress>;
