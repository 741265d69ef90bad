/** A request at the server: judged by a memory or by the row, written where that is needed, and answered. Each is a step of its own. */
import { isAccepted } from '../../src/rotation.ts';
import type { Step } from './explore.ts';
import { brokenBy, type Judgement } from './properties.ts';
import { type Accepted, afterConfirmation, type Request, type State, type Travelling, type Writing } from './state.ts';
import { ago, nameOf, numberOf, rememberedOf, rowOf, tokenOf } from './terms.ts';
import type { World } from './world.ts';

/** What follows for a request that is under way. */
export function progress(world: World, state: State, request: Request): Step<State>[] {
  if (request.phase === 'travelling') return judge(world, state, request);
  return [request.phase === 'writing' ? write(world, state, request) : act(world, state, request)];
}

/** A request arrives at the node that remembers, or at one that does not. */
export function judge(world: World, state: State, request: Travelling): Step<State>[] {
  return [judgeFromRow(world, state, request), ...judgeFromMemory(world, state, request)];
}

export function askDatabase({ rules, settings }: World, state: State, token: number): Judgement & { verdict: string } {
  const row = state.flight && !rules.readsAnew ? rememberedOf(state.flight, 0) : rowOf(state);
  const { verdict, effect, carries } = rules.judgeFromDatabase(row, numberOf(token), ago(0), settings);
  const carried = carries === null ? undefined : tokenOf(carries);
  return { by: 'database', verdict, accepted: isAccepted(verdict), effect, carries: carried };
}

function judgeFromRow(world: World, state: State, request: Travelling): Step<State> {
  const judgement = askDatabase(world, state, request.token);
  const { verdict, accepted, effect, carries } = judgement;
  const what = `${request.by}: the database judges ${nameOf(request.token)} ${verdict}${carrying(carries)}`;
  const breaks = brokenBy(world, state, request, judgement);
  if (breaks) return { what, breaks };
  const { by, token, sinceRead } = request;
  if (effect !== 'none') {
    return { what, next: replace(state, request, { phase: 'writing', by, token, sinceRead, effect, isLatest: true }) };
  }
  if (!accepted) return { what, next: replace(state, request) };
  return { what, next: handOut(world, state, request, carries) };
}

// The node's clock may show another error at every look.
function judgeFromMemory(world: World, state: State, request: Travelling): Step<State>[] {
  const { memory } = state;
  if (!memory) return [];
  return world.clockErrors.flatMap((error) => {
    const remembered = rememberedOf(memory, error);
    const answer = world.rules.judgeFromMemory(remembered, numberOf(request.token), ago(-error), world.settings);
    if (answer === 'ask-database') return [];
    const carries = answer.carriesNext ? request.token + 1 : undefined;
    const what = `${request.by}: a memory lets ${nameOf(request.token)} in${carrying(carries)}`;
    const breaks = brokenBy(world, state, request, { by: 'memory', accepted: true, effect: 'none', carries });
    return [breaks ? { what, breaks } : { what, next: handOut(world, state, request, carries) }];
  });
}

function write(world: World, state: State, request: Writing): Step<State> {
  const row = rowOf(state);
  const judged = { ...row, generation: row.generation - (request.isLatest ? 0 : 1), ended: false };
  const { by, sinceRead, token, effect } = request;
  if (!world.rules.mayWrite(effect, judged, row)) {
    const what = `${by}: no row changes to ${effect} ${nameOf(token)}: judge again`;
    // an honest request has its verdict within the grace, and a later one is like a thief’s
    if (sinceRead > world.settings.graceMs) return { what, next: replace(state, request) };
    return { what, next: replace(state, request, { phase: 'travelling', by, token, sinceRead }) };
  }
  const what = `${by}: the row changes to ${effect} ${nameOf(token)}`;
  if (row.ended) return { what, breaks: 'an end is final' };
  if (effect === 'end') return { what, next: { ...replace(state, request), ended: 'token-reuse' } };
  if (token !== 1) return { what, breaks: 'generations follow each other one by one' };
  return { what, next: afterConfirmation(handOut(world, state, request, undefined)) };
}

// A node that remembers nothing acts in any case: the step of one that does is checked, and is among its steps.
function act(world: World, state: State, request: Accepted): Step<State> {
  const what = `${request.by}: let in${carrying(request.carries)}`;
  const isHeard = world.rules.looksAgain && state.memory?.ended;
  if (state.heard && !isHeard) return { what, breaks: 'an end is final' };
  return { what, next: respond(world, replace(state, request), request) };
}

function handOut(world: World, state: State, request: Request, carries: number | undefined): State {
  const nextIsOut = state.nextIsOut || carries === 1;
  // what the thief hears changes nothing: it is taken to have every token that has left the server
  if (request.by === 'thief') return { ...replace(state, request), nextIsOut };
  // only in a cookie jar does a response have a deadline
  const sinceRead = world.store === 'cookie-jar' ? request.sinceRead : 0;
  return { ...replace(state, request, { phase: 'accepted', by: 'client', sinceRead, carries }), nextIsOut };
}

function respond(world: World, state: State, { carries, sinceRead }: Accepted): State {
  if (carries === undefined || (world.store === 'durable' && carries <= state.store)) return state;
  const isKnown = state.responses.some((known) => known.carries === carries && known.sinceRead === sinceRead);
  return isKnown ? state : { ...state, responses: [...state.responses, { carries, sinceRead }] };
}

function replace(state: State, request: Request, by?: Request): State {
  const requests = state.requests.filter((other) => other !== request);
  return { ...state, requests: by ? [...requests, by] : requests };
}

function carrying(token: number | undefined): string {
  return token === undefined ? '' : `, carrying ${nameOf(token)}`;
}
