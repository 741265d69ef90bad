/** Between what an organization has chosen and the form in which it does. */
import { NetworkBinding, OrganizationName, OrganizationSettings } from '@rollcall/core/schema/organization';
import type { OrganizationChange, OrganizationDetails } from '@rollcall/sdk';
import { lengthOf, secondsOf, type Unit, unitNames, writeLength } from './length.ts';

/** The service's own, or an amount of one's own. What was typed is kept as it was. */
export interface Choice {
  readonly isOwn: boolean;
  readonly amount: string;
  readonly unit: Unit;
}

const choiceNames = ['idleTimeoutSeconds', 'absoluteTimeoutSeconds', 'sessionLimit', 'retentionDays'] as const;
export type ChoiceName = (typeof choiceNames)[number];

export interface SettingsForm extends Readonly<Record<ChoiceName, Choice>> {
  readonly name: string;
  readonly networkBinding: NetworkBinding;
}

/** By the name of the field: what is wrong with it. */
export type Problems = Readonly<Partial<Record<string, string>>>;

export function formOfSettings({ organization, settings }: OrganizationDetails): SettingsForm {
  return {
    name: organization.name,
    idleTimeoutSeconds: lengthChoice(settings.idleTimeoutSeconds),
    absoluteTimeoutSeconds: lengthChoice(settings.absoluteTimeoutSeconds),
    sessionLimit: countChoice(settings.sessionLimit),
    retentionDays: countChoice(settings.retentionDays),
    networkBinding: settings.networkBinding,
  };
}

export function readSettingsForm(form: FormData): SettingsForm {
  const choice = (name: ChoiceName): Choice => ({
    isOwn: form.get(name) === 'own',
    amount: textOf(form, `${name}.amount`),
    unit: unitNames.find((unit) => unit === form.get(`${name}.unit`)) ?? 'days',
  });
  return {
    name: textOf(form, 'name'),
    idleTimeoutSeconds: choice('idleTimeoutSeconds'),
    absoluteTimeoutSeconds: choice('absoluteTimeoutSeconds'),
    sessionLimit: choice('sessionLimit'),
    retentionDays: choice('retentionDays'),
    networkBinding: NetworkBinding.safeParse(form.get('networkBinding')).data ?? 'log',
  };
}

/** What the API is asked, or what is wrong with the form. */
export function changeOf(
  form: SettingsForm,
  service: OrganizationDetails['service'],
): { readonly change: OrganizationChange } | { readonly problems: Problems } {
  const change = {
    name: form.name.trim(),
    idleTimeoutSeconds: secondsIn(form.idleTimeoutSeconds),
    absoluteTimeoutSeconds: secondsIn(form.absoluteTimeoutSeconds),
    sessionLimit: countIn(form.sessionLimit),
    retentionDays: countIn(form.retentionDays),
    networkBinding: form.networkBinding,
  };
  const problems: Record<string, string> = {};
  if (!OrganizationName.safeParse(change.name).success) problems['name'] = 'A name has 1 to 80 characters.';
  for (const name of choiceNames) {
    const isValid = OrganizationSettings.shape[name].safeParse(change[name]).success;
    if (!isValid || isBeyond(name, change[name], service)) problems[name] = adviceOn(name, service);
  }
  return Object.keys(problems).length === 0 ? { change } : { problems };
}

/** What to enter instead. */
export function adviceOn(name: string, service: OrganizationDetails['service']): string {
  if (name === 'sessionLimit') return 'Enter a whole number from 1 to 1,000.';
  if (name === 'retentionDays') return 'Enter a whole number of days from 1 to 3,650.';
  const most = name === 'idleTimeoutSeconds' ? service.idleTimeoutSeconds : service.absoluteTimeoutSeconds;
  return `Enter a whole number, and at most ${writeLength(most)}: nobody goes beyond the service’s own.`;
}

function isBeyond(name: ChoiceName, value: number | null, service: OrganizationDetails['service']): boolean {
  const isTimeout = name === 'idleTimeoutSeconds' || name === 'absoluteTimeoutSeconds';
  return isTimeout && value !== null && value > service[name];
}

function lengthChoice(seconds: number | null): Choice {
  if (seconds === null) return { isOwn: false, amount: '', unit: 'hours' };
  const { amount, unit } = lengthOf(seconds);
  return { isOwn: true, amount: String(amount), unit };
}

function countChoice(count: number | null): Choice {
  return { isOwn: count !== null, amount: count === null ? '' : String(count), unit: 'days' };
}

// Not a number where it is none: that is refused like any other that cannot be.
function countIn({ isOwn, amount }: Choice): number | null {
  if (!isOwn) return null;
  return /^\d{1,10}$/.test(amount.trim()) ? Number(amount) : Number.NaN;
}

function secondsIn(choice: Choice): number | null {
  const amount = countIn(choice);
  return amount === null ? null : secondsOf({ amount, unit: choice.unit });
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
