/** Visits every state that a model can reach, breadth first, so that the first counterexample is a shortest one. */

export interface Model<State> {
  readonly initial: State;
  /** Equal for two states that nothing in the model can tell apart. */
  readonly keyOf: (state: State) => string;
  readonly stepsFrom: (state: State) => Iterable<Step<State>>;
}

/** Something that may happen next: it leads to another state, or it breaks a property. */
export type Step<State> =
  | { readonly what: string; readonly next: State }
  | { readonly what: string; readonly breaks: string };

export interface Exploration {
  readonly states: number;
  readonly steps: number;
  /** Everything that happened at least once. */
  readonly happened: ReadonlySet<string>;
  readonly counterexample: Counterexample | undefined;
}

export interface Counterexample {
  readonly property: string;
  /** What happened from the initial state on. */
  readonly trace: readonly string[];
}

/** How a state was reached first. */
interface Visit {
  readonly what: string;
  readonly from: Visit | undefined;
}

export function explore<State>({ initial, keyOf, stepsFrom }: Model<State>): Exploration {
  const seen = new Set([keyOf(initial)]);
  const happened = new Set<string>();
  let steps = 0;
  let frontier: [State, Visit | undefined][] = [[initial, undefined]];
  while (frontier.length > 0) {
    const discovered: [State, Visit | undefined][] = [];
    for (const [state, from] of frontier) {
      for (const step of stepsFrom(state)) {
        steps += 1;
        happened.add(step.what);
        if ('breaks' in step) {
          const counterexample = { property: step.breaks, trace: traceOf({ what: step.what, from }) };
          return { states: seen.size, steps, happened, counterexample };
        }
        const key = keyOf(step.next);
        if (seen.has(key)) continue;
        seen.add(key);
        discovered.push([step.next, { what: step.what, from }]);
      }
    }
    frontier = discovered;
  }
  return { states: seen.size, steps, happened, counterexample: undefined };
}

/** In words, for whoever reads that a test has failed: the end of what happened says most. */
export function describeCounterexample({ property, trace }: Counterexample): string {
  const last = trace.slice(-15);
  const before = trace.length - last.length;
  return [
    `broken: ${property}`,
    ...(before > 0 ? [`  after ${before} steps:`] : []),
    ...last.map((what) => `  ${what}`),
  ].join('\n');
}

function traceOf(last: Visit): string[] {
  const trace: string[] = [];
  for (let visit: Visit | undefined = last; visit; visit = visit.from) trace.unshift(visit.what);
  return trace;
}
