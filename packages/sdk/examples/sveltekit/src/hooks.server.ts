import { requireSession } from '@rollcall/sdk/sveltekit';
import type { Handle } from '@sveltejs/kit/hooks';
import { verifier } from '../../verifier.ts';

export const handle: Handle = requireSession(verifier, { cookie: 'session' });
