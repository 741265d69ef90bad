/** How a session was begun, in words. */
import type { AuthMethod, ClientType, Session } from '@rollcall/core/schema/session';

export const clientNames: Readonly<Record<ClientType, string>> = { console: 'Console', api: 'API' };
export const methodNames: Readonly<Record<AuthMethod, string>> = {
  password: 'password',
  sso: 'single sign-on',
  'api-key': 'API key',
};

/** `Console, password`. */
export function signedInThrough({ clientType, authMethod }: Pick<Session, 'clientType' | 'authMethod'>): string {
  return `${clientNames[clientType]}, ${methodNames[authMethod]}`;
}
