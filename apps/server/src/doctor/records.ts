/** Whether what is kept beside records is what follows from them. */
import { fold } from '@rollcall/core/fold';
import { searchableText } from '@rollcall/core/search';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Examination } from './examination.ts';

export const sessionsHaveUsers: Examination = {
  sound: 'every session belongs to a user of its organization',
  async examine({ database }) {
    const orphans = await database.asMaintenance('doctor', (tx) =>
      tx
        .selectFrom('sessions as session')
        .leftJoin('users as owner', (join) =>
          join
            .onRef('owner.organization_id', '=', 'session.organization_id')
            .onRef('owner.user_id', '=', 'session.user_id'),
        )
        .select(['session.request_id'])
        .where('owner.user_id', 'is', null)
        .execute(),
    );
    return orphans.map(({ request_id }) => `session ${request_id} has no user`);
  },
};

export const emailsAreFolded: Examination = {
  sound: 'every user is found by their e-mail as it is folded today',
  async examine({ database }) {
    const wrong: string[] = [];
    for await (const { key, email, email_folded } of usersOf(database)) {
      if (email_folded !== fold(email)) wrong.push(`the e-mail of user ${key} is kept as "${email_folded}"`);
    }
    return wrong;
  },
};

export const searchTextsAreFolded: Examination = {
  sound: 'every session is found by its e-mail, address and name as they are folded today',
  async examine({ database }) {
    const wrong: string[] = [];
    for await (const { key, search_text, userEmail, ipAddress, sessionName } of sessionsOf(database)) {
      const expected = searchableText({ userEmail, ipAddress, sessionName });
      if (search_text !== expected) wrong.push(`the search text of session ${key} is ${JSON.stringify(search_text)}`);
    }
    return wrong;
  },
};

const portion = 2000;

// In portions, between which others have their turn at the database.
async function* inPortions<T extends Place>(read: (after: Place) => Promise<T[]>): AsyncGenerator<T, void, void> {
  let rows = await read({ organization_id: nil, key: nil });
  while (rows.length > 0) {
    yield* rows;
    const last = rows.at(-1);
    rows = last ? await read(last) : [];
  }
}

interface Place {
  readonly organization_id: string;
  readonly key: string;
}

const nil = '00000000-0000-0000-0000-000000000000';

function usersOf(database: Database) {
  return inPortions(({ organization_id, key }) =>
    database.asMaintenance('doctor', (tx) =>
      tx
        .selectFrom('users')
        .select(['organization_id', 'user_id as key', 'email', 'email_folded'])
        .where('removed_at', 'is', null)
        .where(sql<boolean>`(organization_id, user_id) > (${organization_id}::uuid, ${key}::uuid)`)
        .orderBy('organization_id')
        .orderBy('user_id')
        .limit(portion)
        .execute(),
    ),
  );
}

function sessionsOf(database: Database) {
  return inPortions(({ organization_id, key }) =>
    database.asMaintenance('doctor', (tx) =>
      tx
        .selectFrom('sessions')
        .select(['organization_id', 'request_id as key', 'search_text'])
        .select(['user_email as userEmail', 'ip_address as ipAddress', 'session_name as sessionName'])
        .where(sql<boolean>`(organization_id, request_id) > (${organization_id}::uuid, ${key}::uuid)`)
        .orderBy('organization_id')
        .orderBy('request_id')
        .limit(portion)
        .execute(),
    ),
  );
}
