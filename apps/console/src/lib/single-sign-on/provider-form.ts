/** From what the form for an identity provider sends to what the API is asked. */
import { IdentityProviderRequest } from '@rollcall/core/schema/identity-provider';
import type { IdentityProviderRequest as Asked } from '@rollcall/sdk';
import type { ProviderTexts } from './provider-texts.ts';

export function readTexts(form: FormData): ProviderTexts {
  return {
    issuer: textOf(form, 'issuer').trim(),
    clientId: textOf(form, 'clientId').trim(),
    hasNoSecret: form.get('hasNoSecret') === 'on',
    scopes: textOf(form, 'scopes').trim(),
    emailDomains: textOf(form, 'emailDomains').trim(),
    groupClaim: textOf(form, 'groupClaim').trim(),
    administratorGroups: textOf(form, 'administratorGroups').trim(),
    isEnabled: form.get('isEnabled') === 'on',
  };
}

export type ProviderForm = { readonly request: Asked } | { readonly fields: Readonly<Record<string, string>> };

export function readProviderForm(form: FormData): ProviderForm {
  const texts = readTexts(form);
  const secret = textOf(form, 'clientSecret');
  const asked = {
    // People copy the address of the document that is found there.
    issuer: texts.issuer.replace(/\/\.well-known\/openid-configuration$/, ''),
    clientId: texts.clientId,
    scopes: partsOf(texts.scopes, /\s+/),
    emailDomains: partsOf(texts.emailDomains, /[\s,;]+/).map((domain) => domain.replace(/^@/, '')),
    groupClaim: texts.groupClaim === '' ? null : texts.groupClaim,
    administratorGroups: partsOf(texts.administratorGroups, /\s*\n\s*/),
    isEnabled: texts.isEnabled,
    ...(secret === '' ? texts.hasNoSecret && { clientSecret: null } : { clientSecret: secret }),
  };
  const { data, error } = IdentityProviderRequest.safeParse(asked);
  if (!data) return { fields: advised(error.issues.map(({ path: [field, index] }) => wrongIn(asked, field, index))) };
  const { clientSecret, ...request } = data;
  return { request: { ...request, ...(clientSecret !== undefined && { clientSecret }) } };
}

interface Wrong {
  readonly field: string;
  /** Of a list, what is wrong in it. */
  readonly part?: string | undefined;
}

function wrongIn(asked: object, field: PropertyKey | undefined, index: PropertyKey | undefined): Wrong {
  const list: unknown = Object.entries(asked).find(([name]) => name === field)?.[1];
  const part = Array.isArray(list) && typeof index === 'number' ? String(list[index]) : undefined;
  return { field: String(field), part };
}

// Of several that are wrong in one field, the first is named.
function advised(wrong: readonly Wrong[]): Record<string, string> {
  return Object.fromEntries(wrong.toReversed().map(({ field, part }) => [field, advice(field, part)]));
}

function advice(field: string, part?: string): string {
  const known: Readonly<Record<string, string>> = {
    issuer: 'Enter an https address without a query, such as https://login.example.com.',
    clientId: 'Enter the client’s id: 1 to 300 characters.',
    clientSecret: 'A secret has at most 2,000 characters.',
    scopes: part === undefined ? 'Have openid among them, and at most 20.' : `“${part}” is no scope.`,
    emailDomains: part === undefined ? 'Enter at most 100.' : `“${part}” is no domain such as example.com.`,
    groupClaim: 'Enter the claim in which the provider names groups, such as groups.',
    administratorGroups: 'Enter at most 100 groups, each of at most 300 characters.',
  };
  return known[field] ?? 'Choose one of those that are offered.';
}

/** What the API found wrong, beside the field; none where it is not about one. */
export function fieldsFrom(errors: readonly { readonly field: string; readonly message: string }[]) {
  return Object.fromEntries(
    errors.map(({ field, message }) => {
      if (field === 'issuer') return [field, `The provider ${message}.`];
      if (field === 'clientSecret') return [field, 'Enter the secret of this client, or say that it has none.'];
      return [field, advice(field)];
    }),
  );
}

function partsOf(text: string, between: RegExp): string[] {
  return text.split(between).filter((part) => part !== '');
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
