/** Which organization's sign-in page a browser was last let in by. */
import { OrganizationSlug } from '@rollcall/core/schema/organization';
import type { Cookies } from '@sveltejs/kit';

const name = 'organization';
const secondsPerYear = 365 * 24 * 60 * 60;

export function readOrganization(cookies: Cookies): string | undefined {
  return OrganizationSlug.safeParse(cookies.get(name)).data;
}

export function rememberOrganization(cookies: Cookies, slug: string): void {
  cookies.set(name, slug, { maxAge: secondsPerYear });
}
