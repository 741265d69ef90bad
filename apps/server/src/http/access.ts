/** How routes say who may call them. */
import type { ProblemCode } from '@rollcall/core/problem';

/** What any request with a token may be answered. */
export const tokenProblems = ['unauthenticated', 'session-ended', 'other-network'] as const satisfies ProblemCode[];

/** Either the token in the header, or the console's cookie. */
export const withToken = [{ bearer: [] }, { cookie: [] }];

export const withoutToken: { [scheme: string]: string[] }[] = [];

/** In which an answer hands out the token after the presented one. Exposed to the scripts of allowed origins. */
export const nextTokenHeader = 'Rollcall-Next-Token';

/** In which an export says how many sessions it has, so that its reader can say how far it is. */
export const exportTotalHeader = 'Rollcall-Export-Total';
