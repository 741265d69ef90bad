/** Beginning a session. */
import type { Instant } from '@rollcall/core/instant';
import type { AuthMethod, ClientType } from '@rollcall/core/schema/session';
import type { Permission } from '@rollcall/core/schema/user';
import { searchableText } from '@rollcall/core/search';
import { type Selectable, sql, type Transaction } from 'kysely';
import type { Tables, UsersTable } from '../database/tables.ts';
import type { Client } from '../http/client-address.ts';
import { type SessionRow, sessionColumns } from './session-row.ts';

export interface NewSession {
  readonly requestId: string;
  readonly user: Pick<Selectable<UsersTable>, 'organization_id' | 'user_id' | 'email' | 'account_type'>;
  readonly sessionName: string;
  readonly client: Client;
  readonly clientType: ClientType;
  readonly authMethod: AuthMethod;
  /** With which it is begun. */
  readonly apiKey?: { readonly keyId: string; readonly name: string; readonly permissions: readonly Permission[] };
  readonly at: Instant;
  readonly tokenSalt: Uint8Array;
}

export async function createSession(tx: Transaction<Tables>, created: NewSession): Promise<SessionRow> {
  const { requestId, user, sessionName, client, clientType, authMethod, apiKey, at, tokenSalt } = created;
  const { ipAddress, userAgent } = client;
  return await tx
    .insertInto('sessions')
    .values({
      organization_id: user.organization_id,
      request_id: requestId,
      user_id: user.user_id,
      user_email: user.email,
      session_name: sessionName,
      ip_address: ipAddress,
      user_agent: userAgent,
      last_ip_address: ipAddress,
      last_user_agent: userAgent,
      client_type: clientType,
      auth_method: authMethod,
      account_type: user.account_type,
      ...(apiKey && {
        api_key_id: apiKey.keyId,
        api_key_name: apiKey.name,
        permissions_within: [...apiKey.permissions],
      }),
      created_at: at,
      last_activity: at,
      search_text: searchableText({ userEmail: user.email, ipAddress, sessionName }),
      token_salt: Buffer.from(tokenSalt),
      // its age is judged by the database's clock
      token_confirmed_at: sql<string>`clock_timestamp()`,
    })
    .returning(sessionColumns)
    .executeTakeFirstOrThrow();
}
