/** From what the typed client answers to what was asked for. */
import { errorOfProblem } from './rollcall-error.ts';
import type { Problem } from './wire.ts';

export interface CallOptions {
  /** Gives the call up: it then throws `aborted`, or `timeout` for a signal of `AbortSignal.timeout`. */
  readonly signal?: AbortSignal | undefined;
}

export function heeding(options?: CallOptions): { signal: AbortSignal | null } {
  return { signal: options?.signal ?? null };
}

type Answer<T> = { data: T; error?: never; response: Response } | { data?: never; error: Problem; response: Response };

/** Throws the problem where there is one. */
export async function dataOf<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (error) throw errorOfProblem(error, response);
  return data;
}
