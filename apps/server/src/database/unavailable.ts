/** The one error for "the database cannot answer now": the request is answered 503 and may be tried again. */
import pg from 'pg';

export class DatabaseUnavailable extends Error {
  override readonly name: string = 'DatabaseUnavailable';
}

/** One statement ran for longer than any may. The database is well, and may answer another. */
export class StatementTimedOut extends DatabaseUnavailable {
  override readonly name = 'StatementTimedOut';
}

/** Turns a failure of the database itself into `DatabaseUnavailable`; any other error passes unchanged. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable || !isFailureOfTheDatabase(error)) return error;
  const Unavailable = isTimeOut(error) ? StatementTimedOut : DatabaseUnavailable;
  return new Unavailable(error instanceof Error ? error.message : String(error), { cause: error });
}

// Classes of SQLSTATE: 08 connection, 28 not let in, 3D no such database, 53 out of resources, 57 operator intervention
// (shutdown, statement_timeout), 58 I/O.
const UNAVAILABLE_CLASSES = new Set(['08', '28', '3D', '53', '57', '58']);

// One by one: idle in a transaction for too long, serialization failure, deadlock, lock time-out. The transaction was
// rolled back and the same request may well succeed.
const UNAVAILABLE_STATES = new Set(['25P03', '40001', '40P01', '55P03']);

const SOCKET_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

// pg says these without a code.
const DRIVER_MESSAGES = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Query read timeout',
  'Client was closed and is not queryable',
  'Client has encountered a connection error and is not queryable',
]);

// Cancelled, which nothing does here but statement_timeout.
function isTimeOut(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '57014';
}

function isFailureOfTheDatabase(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof pg.DatabaseError) {
    return UNAVAILABLE_CLASSES.has(code.slice(0, 2)) || UNAVAILABLE_STATES.has(code);
  }
  return SOCKET_ERRORS.has(code) || DRIVER_MESSAGES.has(error.message);
}
