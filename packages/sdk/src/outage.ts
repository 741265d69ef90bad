/** Telling a service that cannot answer from one that says no. */
import { RollcallError, type RollcallErrorCode } from './rollcall-error.ts';

const outages: ReadonlySet<RollcallErrorCode> = new Set(['network', 'timeout', 'not-json', 'unavailable', 'internal']);

/** Whether the same call may well succeed later: the service, or the way to it, is not well. */
export function isOutage(error: unknown): error is RollcallError {
  return error instanceof RollcallError && outages.has(error.code);
}
