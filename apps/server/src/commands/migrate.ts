/** `rollcall migrate`: nothing but what every opening of the database does first. */

import { appliedMigrations } from '../doctor/schema.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  usage: '',
  summary: 'Brings the schema of the database up to date, and does nothing else.',
  options: {},
  prepare: () => ({
    readsInput: false,
    async run({ database, print }) {
      for (const name of await appliedMigrations(database)) print(`applied  ${name}`);
      print('The schema is up to date.');
      return 0;
    },
  }),
};
