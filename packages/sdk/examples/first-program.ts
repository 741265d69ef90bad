import { createRollcall } from '@rollcall/sdk';

const { ROLLCALL_URL = 'http://localhost:4400', EMAIL = 'admin@rollcall.test', PASSWORD = '' } = process.env;
const [search = '', order = 'show'] = process.argv.slice(2);

const rollcall = createRollcall({ baseUrl: ROLLCALL_URL });
await rollcall.signIn({ email: EMAIL, password: PASSWORD, sessionName: 'First program' });

const { activeSessions, uniqueUsers } = await rollcall.statistics();
console.log(`${activeSessions} active sessions; ${uniqueUsers} users so far`);

for await (const session of rollcall.sessions({ search })) {
  if (!session.isActive || session.isCurrent) continue;
  console.log(`${session.userEmail}: ${session.sessionName}, from ${session.ipAddress}`);
  if (order === 'end') await rollcall.endSession(session.requestId);
}

await rollcall.signOut();
