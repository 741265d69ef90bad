import { expect, test } from 'vitest';
import { OrganizationSlug } from './organization.ts';

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
