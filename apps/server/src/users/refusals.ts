/** From core's verdict on the management of users to the problem that is answered. */
import type { UserVerdict } from '@rollcall/core/user-management';
import { invalid, RequestProblem } from '../http/problem.ts';

export type Refusal = Extract<UserVerdict, { allowed: false }>['reason'];

export function refusalOf(reason: Refusal): RequestProblem {
  switch (reason) {
    case 'forbidden':
      return new RequestProblem('forbidden', 'Managing users needs the permission users:manage.');
    case 'beyond-own':
      return new RequestProblem('forbidden', 'It concerns a permission that you do not have yourself.');
    case 'last-administrator':
      return new RequestProblem('last-administrator', 'It is the organization’s last active administrator.');
    case 'person-only':
      return invalid([
        { in: 'body', field: 'accountType', message: 'must be a person for that, not a service account' },
      ]);
  }
}

/** What the audit trail says of it. */
export function codeOf(reason: Refusal): 'forbidden' | 'last-administrator' {
  return reason === 'last-administrator' ? reason : 'forbidden';
}
