/** `rollcall doctor`: says what is sound and what is not. */
import { clocksAgree } from '../doctor/clock.ts';
import { countsAreExact, daysAreExact, textsAreFound } from '../doctor/counts.ts';
import type { Examination } from '../doctor/examination.ts';
import { emailsAreFolded, searchTextsAreFolded, sessionsHaveUsers } from '../doctor/records.ts';
import { migrationsAreCurrent, organizationsAreKeptApart, serviceHasNoPowers } from '../doctor/schema.ts';
import type { Command, Surroundings } from './command.ts';

const examinations: readonly Examination[] = [
  migrationsAreCurrent,
  organizationsAreKeptApart,
  serviceHasNoPowers,
  clocksAgree,
  sessionsHaveUsers,
  emailsAreFolded,
  searchTextsAreFolded,
  textsAreFound,
  countsAreExact,
  daysAreExact,
];

// Where something is wrong with everything, the first few tell what.
const mostShown = 10;

export const doctor: Command = {
  name: 'doctor',
  usage: '',
  summary:
    'Checks the database, recomputes what is kept in it, and reports every difference; exit code 1 if there are any.',
  options: {},
  prepare: () => ({ readsInput: false, run: examineAll }),
};

async function examineAll({ database, clock, print }: Surroundings): Promise<number> {
  await database.ping();
  print('ok     the database answers');
  let isSound = true;
  for (const { sound, examine } of examinations) {
    const differences = await examine({ database, clock });
    if (differences.length === 0) print(`ok     ${sound}`);
    for (const difference of differences.slice(0, mostShown)) print(`wrong  ${difference}`);
    if (differences.length > mostShown) print(`wrong  … and ${differences.length - mostShown} more like these`);
    isSound &&= differences.length === 0;
  }
  return isSound ? 0 : 1;
}
