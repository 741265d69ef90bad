/** From core's verdict on a key to the problem that is answered. */
import type { ApiKeyVerdict } from '@rollcall/core/api-key';
import { RequestProblem } from '../http/problem.ts';

export type Refusal = Extract<ApiKeyVerdict, { allowed: false }>['reason'];

const details: Readonly<Record<Refusal, string>> = {
  forbidden: 'Keys of others need the permission integrations:manage.',
  'service-only': 'A person’s keys are made by that person; others can have keys made for service accounts.',
  'beyond-own': 'It concerns a permission that you do not have yourself.',
  'beyond-user': 'The key would have a permission that its user does not have.',
  'through-key': 'A session that was begun with a key can neither make keys nor take them back.',
};

export function refusalOf(reason: Refusal): RequestProblem {
  return new RequestProblem('forbidden', details[reason]);
}
