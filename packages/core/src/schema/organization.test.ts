import { expect, test } from 'vitest';
import { OrganizationSettings, OrganizationSlug, SettingsChange } from './organization.ts';

test.for(['a', 'acme', 'acme-2', 'acme-europe-0', '2026', 'a-b-c', 'a'.repeat(63)])(
  '%s names an organization',
  (slug) => {
    expect(OrganizationSlug.parse(slug)).toBe(slug);
  },
);

test.for(['', '-', '-acme', 'acme-', 'a--b', 'Acme', 'a_b', 'a b', 'äcme', 'acme\n', 'a.b', 'a/b', 'a'.repeat(64)])(
  '%j names none',
  (slug) => {
    expect(OrganizationSlug.safeParse(slug).success).toBe(false);
  },
);

test('settings are whole seconds and counts within reason, or null for the service’s own', () => {
  const times = { idleTimeoutSeconds: null, absoluteTimeoutSeconds: null };
  const none = { ...times, sessionLimit: null, retentionDays: null, networkBinding: 'log' };
  expect(OrganizationSettings.parse(none)).toEqual(none);
  expect(SettingsChange.parse({ idleTimeoutSeconds: 60 })).toEqual({ idleTimeoutSeconds: 60 });
  expect(SettingsChange.parse({})).toEqual({});
  for (const wrong of [{ idleTimeoutSeconds: 0 }, { sessionLimit: 1.5 }, { sessionLimit: 1001 }]) {
    expect(SettingsChange.safeParse(wrong).success).toBe(false);
  }
  for (const wrong of [{ networkBinding: null }, { networkBinding: 'lax' }, { colour: 'red' }]) {
    expect(SettingsChange.safeParse(wrong).success).toBe(false);
  }
});
