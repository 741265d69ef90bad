/** Who there is. */
import type { Configuration } from 'oidc-provider';

export const accounts = [
  { accountId: 'ada', name: 'Ada Lovelace', email: 'ada@example.com', groups: ['admins', 'engineers'] },
  { accountId: 'grace', name: 'Grace Hopper', email: 'grace@example.com', groups: ['engineers'] },
] as const;

export const findAccount: NonNullable<Configuration['findAccount']> = (_, id) => {
  const found = accounts.find(({ accountId }) => accountId === id);
  if (!found) return undefined;
  const { accountId, name, email, groups } = found;
  const claims = { sub: accountId, name, email, email_verified: true, groups: [...groups] };
  return { accountId, claims: () => claims };
};
