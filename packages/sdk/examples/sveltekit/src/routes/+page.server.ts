import type { ServerLoad } from '@sveltejs/kit';

export const load: ServerLoad = ({ locals }) => ({ email: locals.authentication.user.email });
