import type { OrganizationDetails } from '@rollcall/sdk';
import { describe, expect, test } from 'vitest';
import { lengthOf, secondsOf, writeLength } from './length.ts';
import { changeOf, formOfSettings, readSettingsForm } from './settings-form.ts';

const service = { idleTimeoutSeconds: 86_400, absoluteTimeoutSeconds: 2_592_000, retentionDays: 90 };
const times = { idleTimeoutSeconds: null, absoluteTimeoutSeconds: null };
const none = { ...times, sessionLimit: null, retentionDays: null, networkBinding: 'log' } as const;
const organization = { organizationId: '0190f2f0-7c1e-7aaa-8bbb-000000000001', slug: 'acme', name: 'Acme' };

function details(settings: Partial<OrganizationDetails['settings']>): OrganizationDetails {
  return { organization, settings: { ...none, ...settings }, service };
}

function typed(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ name: 'Acme', ...fields })) form.set(name, value);
  return changeOf(readSettingsForm(form), service);
}

describe('a length of time', () => {
  test.each([
    [1, '1 second'],
    [90, '90 seconds'],
    [60, '1 minute'],
    [5400, '90 minutes'],
    [28_800, '8 hours'],
    [86_400, '1 day'],
    [2_592_000, '30 days'],
    [86_400_000, '1,000 days'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(writeLength(seconds)).toBe(words);
    expect(secondsOf(lengthOf(seconds))).toBe(seconds);
  });
});

describe('the form of settings', () => {
  test.each([
    {},
    { idleTimeoutSeconds: 5400, absoluteTimeoutSeconds: 86_400, sessionLimit: 3, retentionDays: 30 },
    { idleTimeoutSeconds: 61, networkBinding: 'strict' as const },
  ])('asks for nothing but what it was filled with: %j', (settings) => {
    expect(changeOf(formOfSettings(details(settings)), service)).toEqual({
      change: { name: 'Acme', ...none, ...settings },
    });
  });

  test('takes what was typed in its unit, and the service’s own whatever was typed beside it', () => {
    const answer = typed({
      name: ' Acme Ltd ',
      idleTimeoutSeconds: 'own',
      'idleTimeoutSeconds.amount': ' 8 ',
      'idleTimeoutSeconds.unit': 'hours',
      sessionLimit: 'service',
      'sessionLimit.amount': '7',
      networkBinding: 'off',
    });
    expect(answer).toEqual({
      change: { ...none, name: 'Acme Ltd', idleTimeoutSeconds: 28_800, networkBinding: 'off' },
    });
  });

  test.each([
    [{ name: '' }, 'name'],
    [{ idleTimeoutSeconds: 'own', 'idleTimeoutSeconds.amount': '' }, 'idleTimeoutSeconds'],
    [
      { idleTimeoutSeconds: 'own', 'idleTimeoutSeconds.amount': '2', 'idleTimeoutSeconds.unit': 'days' },
      'idleTimeoutSeconds',
    ],
    [{ absoluteTimeoutSeconds: 'own', 'absoluteTimeoutSeconds.amount': '0' }, 'absoluteTimeoutSeconds'],
    [{ sessionLimit: 'own', 'sessionLimit.amount': '1.5' }, 'sessionLimit'],
    [{ sessionLimit: 'own', 'sessionLimit.amount': '1001' }, 'sessionLimit'],
    [{ retentionDays: 'own', 'retentionDays.amount': '-1' }, 'retentionDays'],
  ])('says beside which field it is wrong: %j', (fields, field) => {
    expect(typed(fields)).toEqual({ problems: { [field]: expect.any(String) } });
  });
});
