import { createRollcall, RollcallError } from '@rollcall/sdk';

const {
  ROLLCALL_URL = 'http://localhost:4400',
  EMAIL = 'admin@rollcall.test',
  PASSWORD = '',
  FIND = EMAIL,
} = process.env;

const rollcall = createRollcall({ baseUrl: ROLLCALL_URL });
try {
  const { session: own } = await rollcall.signIn({ email: EMAIL, password: PASSWORD, sessionName: 'First program' });

  const { activeSessions, uniqueUsers } = await rollcall.statistics();
  console.log(`${activeSessions} active sessions of ${uniqueUsers} users`);

  for await (const session of rollcall.sessions({ search: FIND, status: 'active' })) {
    if (session.requestId === own.requestId) continue;
    await rollcall.endSession(session.requestId);
    console.log(`Ended "${session.sessionName}" of ${session.userEmail}, from ${session.ipAddress}`);
  }
  await rollcall.signOut();
} catch (error) {
  if (!(error instanceof RollcallError)) throw error;
  console.error(`${error.code}: ${error.detail}`);
}
