/** What the applications in this folder share: a session of their own, in whose name they ask whose a token is. */
import { createRollcall } from '@rollcall/sdk';
import { createVerifier } from '@rollcall/sdk/verifier';

const { ROLLCALL_URL = 'http://localhost:4400', EMAIL = '', PASSWORD = '' } = process.env;

// Also an application's session ends one day. Where no other can be had, the program ends with the error.
const rollcall = createRollcall({ baseUrl: ROLLCALL_URL, onSessionEnded: () => void signIn() });
await signIn();

export const verifier = createVerifier({ rollcall });

async function signIn(): Promise<void> {
  await rollcall.signIn({ email: EMAIL, password: PASSWORD, sessionName: 'Greeter' });
}
