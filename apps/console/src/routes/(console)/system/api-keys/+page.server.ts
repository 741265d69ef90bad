import { permissionsToGive } from '@rollcall/core/api-key';
import { may } from '@rollcall/core/permission';
import { answerOf } from '#lib/server/answer.ts';
import { makeKey, revokeKey } from '#lib/server/key-actions.ts';
import { requirePermission } from '#lib/server/viewer.ts';
import { resolve } from '$app/paths';
import type { Actions, PageServerLoad } from './$types';

const mostAccounts = 100;

export const load = (async ({ locals: { rollcall, now } }) => {
  const viewer = await requireIntegrator();
  const apiKeys = await answerOf(rollcall.apiKeys.list());
  // Whoever may not see users can make keys of their own.
  const { users } = may(viewer, 'users:manage')
    ? await answerOf(rollcall.users.list({ accountType: 'service', status: 'active', pageSize: mostAccounts }))
    : { users: [] };
  const asker = { userId: viewer.user.userId, permissions: viewer.permissions, isThroughKey: false };
  const accounts = users.flatMap((account) => {
    const { userId, email } = account;
    const permissions = permissionsToGive(asker, account);
    return permissions === undefined ? [] : [{ userId, email, permissions }];
  });
  return { apiKeys, accounts, hasAccountsBeyond: accounts.length < users.length, loadedAt: now };
}) satisfies PageServerLoad;

export const actions = {
  async make(event) {
    await requireIntegrator(address());
    return await makeKey(event, address());
  },
  async revoke(event) {
    await requireIntegrator(address());
    return await revokeKey(event, address());
  },
} satisfies Actions;

function requireIntegrator(next?: string) {
  return requirePermission('integrations:manage', 'API Keys is for those who let programs in.', next);
}

function address(): string {
  return resolve('/(console)/system/api-keys');
}
