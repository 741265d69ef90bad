/** From the form for a new key to what the API is asked. */

import { toInstant, toMilliseconds } from '@rollcall/core/instant';
import { ApiKeyRequest } from '@rollcall/core/schema/api-key';
import type { ApiKeyRequest as Asked } from '@rollcall/sdk';

/** After how many days a key can be good no longer; the empty one is never. */
const lifetimes = ['', '7', '30', '90', '365'] as const;

const dayMilliseconds = 86_400_000;

export type KeyForm = { readonly request: Asked } | { readonly fields: Readonly<Record<string, string>> };

export function readKeyForm(form: FormData, now: string): KeyForm {
  const days = Number(lifetimes.find((known) => known === form.get('days')) ?? '');
  const networks = textOf(form, 'allowedNetworks').split(/[\s,]+/);
  const userId = textOf(form, 'userId');
  const asked = {
    name: textOf(form, 'name'),
    permissions: form.getAll('permissions'),
    allowedNetworks: networks.filter((network) => network !== ''),
    ...(userId !== '' && { userId }),
    ...(days > 0 && { expiresAt: toInstant(toMilliseconds(now) + days * dayMilliseconds) }),
  };
  const { data, error } = ApiKeyRequest.safeParse(asked);
  if (data) {
    const { name, permissions, allowedNetworks } = data;
    const optional = {
      ...(data.userId && { userId: data.userId }),
      ...(data.expiresAt && { expiresAt: data.expiresAt }),
    };
    return { request: { name, permissions, allowedNetworks, ...optional } };
  }
  return {
    fields: Object.fromEntries(error.issues.map(({ path: [field] }) => [String(field), advice(String(field))])),
  };
}

function advice(field: string): string {
  if (field === 'name') return 'A name has 1 to 80 characters, and no line breaks.';
  if (field === 'allowedNetworks') return 'Enter networks such as 10.0.0.0/8, or addresses, with blanks between them.';
  return 'Choose one of those that are offered.';
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
