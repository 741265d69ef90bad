/** Whether the database answers, told in time: whoever asks wants to send requests elsewhere, not to wait with them. */
import type { Database } from '../database/database.ts';
import { DatabaseUnavailable } from '../database/unavailable.ts';

/** One question is under way at a time, for everybody who asks: a silent database is not asked again and again. */
export function patientPing(database: Database, patienceMs: number): () => Promise<void> {
  let asked: Promise<void> | undefined;

  return async function ping() {
    asked ??= database.ping().finally(() => {
      asked = undefined;
    });
    await inTime(asked, patienceMs);
  };
}

async function inTime(answer: Promise<void>, patienceMs: number): Promise<void> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const refuse = () => reject(new DatabaseUnavailable(`the database has not answered for ${patienceMs} ms`));
  const timer = setTimeout(refuse, patienceMs);
  try {
    await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
