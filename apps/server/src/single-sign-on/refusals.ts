/** From core's verdict on a provider to the problem that is answered. */
import type { ProviderVerdict } from '@rollcall/core/single-sign-on';
import { RequestProblem } from '../http/problem.ts';

type Refusal = Extract<ProviderVerdict, { allowed: false }>['reason'];

const details: Readonly<Record<Refusal, string>> = {
  forbidden: 'The identity provider needs the permission integrations:manage.',
  'beyond-own':
    'Groups that make administrators are for administrators to choose, and so is the provider that has them.',
};

export function refusalOf(reason: Refusal): RequestProblem {
  return new RequestProblem('forbidden', details[reason]);
}
