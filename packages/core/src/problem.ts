/** Everything the API can say no with: the one list from which the schema, the HTTP status and docs/problems.md come. */

interface ProblemKind {
  /** HTTP status. */
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;
  /** The same for every occurrence (RFC 9457, 3.1.3). */
  readonly title: string;
  /** What the caller can do about it. */
  readonly advice: string;
}

export const problems = {
  invalid: {
    status: 400,
    title: 'The request is not valid',
    advice: 'Mend the members named in `errors`; nothing was changed. Sending the same request again fails again.',
  },
  'logout-token-not-valid': {
    status: 400,
    title: 'The logout token is not valid',
    advice:
      'For identity providers: send a token as OpenID Connect Back-Channel Logout 1.0 has it, signed with a key that your JWKS holds, once. `detail` says what is wrong.',
  },
  unauthenticated: {
    status: 401,
    title: 'No valid token',
    advice:
      'Sign in and send the token as `Authorization: Bearer …`. A token that cannot be verified gets this answer too, whatever became of its session.',
  },
  'session-ended': {
    status: 401,
    title: 'The session has ended',
    advice:
      'Sign in again. `endReason` says why the session ended, `endedBy` whether its user, an administrator or the service itself ended it.',
  },
  'other-network': {
    status: 401,
    title: 'The session belongs to another network',
    advice:
      'Sign in again from here: the organization binds sessions to the network in which they were begun. The session itself goes on there.',
  },
  'sign-in-failed': {
    status: 401,
    title: 'The credentials are wrong',
    advice:
      'Check organization, e-mail and password, or the key. The answer is the same whether or not they are known, whatever is wrong with them.',
  },
  'password-wrong': {
    status: 403,
    title: 'The present password is wrong',
    advice: 'Send the password with which you signed in. Failures are counted as failed sign-ins are.',
  },
  forbidden: {
    status: 403,
    title: 'Not permitted',
    advice: 'Ask an administrator of the organization for the permission that `detail` names.',
  },
  'cross-origin': {
    status: 403,
    title: 'The request comes from another site',
    advice:
      'With a cookie, writes are accepted only from the console’s own origin. Programs use `Authorization: Bearer …` instead.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    advice: 'Check the address and the id. What belongs to another organization is not found either.',
  },
  'link-not-valid': {
    status: 404,
    title: 'The link is not valid',
    advice:
      'Ask an administrator of the organization for a new one: a link can be used once and for a limited time, and a newer one takes its place.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The address does not take this method',
    advice: 'Use one of the methods in the `Allow` header.',
  },
  'not-active': {
    status: 409,
    title: 'The session is not active',
    advice: 'Nothing is left to do: only active sessions can be terminated, and this one has ended already.',
  },
  'more-than-shown': {
    status: 409,
    title: 'More sessions would end than were shown',
    advice: 'Ask for the preview again, look at the new number, and confirm that; nothing was changed.',
  },
  'last-administrator': {
    status: 409,
    title: 'Nobody would be left to administer the organization',
    advice: 'Make somebody else an administrator first; nothing was changed.',
  },
  'email-taken': {
    status: 409,
    title: 'Another user has this e-mail',
    advice: 'Choose another e-mail, or change the user who has it. Spellings that differ in case alone are the same.',
  },
  'too-many': {
    status: 409,
    title: 'There are as many as there may be',
    advice: 'Remove one that is no longer needed first; nothing was changed.',
  },
  'too-large': {
    status: 413,
    title: 'The request is too large',
    advice: 'Send at most 1 MiB.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is not of the type that is taken',
    advice:
      'Send the body as UTF-8 JSON with `Content-Type: application/json`. Identity providers send logout tokens as a form.',
  },
  'search-too-slow': {
    status: 422,
    title: 'The search takes too long',
    advice:
      'Ask for something narrower: more letters, another word, a shorter time, or `status:active`. The same search is given up again; nothing was changed.',
  },
  'too-many-attempts': {
    status: 429,
    title: 'Too many failed sign-ins',
    advice: 'Wait as many seconds as `Retry-After` says. The right password is not accepted before.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong in the server',
    advice: 'Tell the operator the `traceId`; the server’s log has the cause under it.',
  },
  unavailable: {
    status: 503,
    title: 'The service cannot answer at the moment',
    advice: 'Try again after as many seconds as `Retry-After` says. No session is lost.',
  },
} as const satisfies Record<string, ProblemKind>;

/** A stable name for what went wrong, to switch on. */
export type ProblemCode = keyof typeof problems;
