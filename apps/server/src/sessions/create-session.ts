/** Beginning a session. */
import type { Instant } from '@rollcall/core/instant';
import type { AuthenticationContext, AuthMethod, ClientType } from '@rollcall/core/schema/session';
import type { Permission } from '@rollcall/core/schema/user';
import { searchableText } from '@rollcall/core/search';
import { type Selectable, sql, type Transaction } from 'kysely';
import type { Tables, UsersTable } from '../database/tables.ts';
import type { Client } from '../http/client-address.ts';
import { type SessionRow, sessionColumns } from './session-row.ts';

/** Somebody's account at an identity provider, and how they were authenticated there this time. */
export interface ProviderAccount {
  readonly issuer: string;
  readonly subject: string;
  /** The provider's own session (`sid`), where it tells. */
  readonly session: string | undefined;
  readonly context: AuthenticationContext;
}

export interface NewSession {
  readonly requestId: string;
  readonly user: Pick<Selectable<UsersTable>, 'organization_id' | 'user_id' | 'email' | 'account_type'>;
  readonly sessionName: string;
  readonly client: Client;
  readonly clientType: ClientType;
  readonly authMethod: AuthMethod;
  /** With which it is begun. */
  readonly apiKey?: { readonly keyId: string; readonly name: string; readonly permissions: readonly Permission[] };
  /** At the identity provider, with which it is begun. */
  readonly account?: ProviderAccount;
  readonly at: Instant;
  readonly tokenSalt: Uint8Array;
}

export async function createSession(tx: Transaction<Tables>, created: NewSession): Promise<SessionRow> {
  const { requestId, user, sessionName, client, clientType, authMethod, apiKey, account, at, tokenSalt } = created;
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
      ...(account && {
        account_issuer: account.issuer,
        account_subject: account.subject,
        provider_session: account.session,
        authentication_methods: account.context.methods,
        authentication_class: account.context.contextClass,
        authenticated_at: account.context.authenticatedAt,
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
