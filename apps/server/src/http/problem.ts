/** Saying no: an error that carries a problem, and the answer made of it. */
import { type ProblemCode, problems } from '@rollcall/core/problem';
import type { EndedBy, FieldProblem, Problem } from '@rollcall/core/schema/problem';
import type { EndReason } from '@rollcall/core/schema/session';

interface Particulars {
  readonly errors?: FieldProblem[];
  readonly endReason?: EndReason | undefined;
  readonly endedBy?: EndedBy;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown wherever a request cannot be granted; `message` becomes the problem's `detail`. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly code: ProblemCode;
  readonly particulars: Particulars;

  constructor(code: ProblemCode, detail: string, particulars: Particulars = {}) {
    super(detail);
    this.code = code;
    this.particulars = particulars;
  }
}

// Each costs more to tell than it cost to send: whoever sends a hundred thousand wrong members is not told of all.
const mostTold = 20;

/** The request is wrong in these members; nothing was changed. Of very many, the first are told. */
export function invalid(errors: readonly [FieldProblem, ...FieldProblem[]]): RequestProblem {
  const told = errors.slice(0, mostTold);
  const sentences = told.map(({ in: part, field, message }) => `${field || part}: ${message}`);
  const others = errors.length - told.length;
  const detail = [...sentences, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
  return new RequestProblem('invalid', detail, { errors: told });
}

/** Where the page about the problems is, on the server's own origin. */
export const problemsPath = '/api/docs/problems';

/** As RFC 9457 has it. */
export function problemResponse(problem: RequestProblem, { traceId, publicUrl }: { traceId: string; publicUrl: URL }) {
  const { code, message, particulars } = problem;
  const { status, title } = problems[code];
  const body: Problem = {
    type: new URL(`${problemsPath}#${code}`, publicUrl).href,
    title,
    status,
    code,
    detail: message,
    traceId,
    ...(particulars.errors && { errors: particulars.errors }),
    ...(particulars.endReason && { endReason: particulars.endReason }),
    ...(particulars.endedBy && { endedBy: particulars.endedBy }),
  };
  const headers = {
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    ...particulars.headers,
    'Content-Type': 'application/problem+json',
  };
  return new Response(JSON.stringify(body), { status, headers });
}
