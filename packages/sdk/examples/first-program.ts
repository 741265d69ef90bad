/** Tells who is signed in; with a search, ends the sessions that it finds. */
import { createRollcall, RollcallError } from '@rollcall/sdk';
import { writeRelativeTime } from '@rollcall/sdk/rules';

const { ROLLCALL_URL = 'http://localhost:4400', EMAIL = 'admin@rollcall.test', PASSWORD = '' } = process.env;
const [search = ''] = process.argv.slice(2);
const rollcall = createRollcall({ baseUrl: ROLLCALL_URL });

try {
  await rollcall.signIn({ email: EMAIL, password: PASSWORD, sessionName: 'First program' });
  for await (const session of rollcall.sessions({ search })) {
    if (!session.isActive || session.isCurrent) continue;
    const seen = writeRelativeTime(session.lastActivity, new Date().toISOString());
    console.log(`${session.userEmail}, ${session.sessionName}, from ${session.ipAddress}, active ${seen}`);
    if (search !== '') await rollcall.endSession(session.requestId);
  }
  await rollcall.signOut();
} catch (error) {
  if (!(error instanceof RollcallError)) throw error;
  console.error(`${error.code}: ${error.detail}`);
  process.exitCode = 1;
}
