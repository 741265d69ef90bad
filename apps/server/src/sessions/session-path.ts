/** The path that names one session. */
import { RequestId } from '@rollcall/core/schema/session';
import * as z from 'zod';
import { RequestProblem } from '../http/problem.ts';

export const SessionPath = z.strictObject({ requestId: RequestId });

export function noSuchSession(requestId: string): RequestProblem {
  return new RequestProblem('not-found', `There is no session ${requestId}.`);
}
