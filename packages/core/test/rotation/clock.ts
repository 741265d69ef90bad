/** A tick: everything gets older, up to where no rule can tell it apart any more, and what is too late for its client is lost. */
import { generationAgeLimit } from '../../src/rotation.ts';
import type { Remembered, Request, State } from './state.ts';
import type { World } from './world.ts';

export function tick(world: World, state: State): State {
  const { graceMs, skewMs } = world.settings;
  const oldest = generationAgeLimit(world.settings) + skewMs + Math.max(...world.clockErrors.map(Math.abs)) + 1;
  const stale = graceMs + 1;
  const older = (age: number) => Math.min(age + 1, oldest);
  const later = (sinceRead: number) => Math.min(sinceRead + 1, stale);
  const remembered = (known: Remembered | undefined) =>
    known && { ...known, age: older(known.age), sinceRead: later(known.sinceRead) };
  return {
    ...state,
    age: older(state.age),
    memory: remembered(state.memory),
    flight: remembered(state.flight),
    requests: state.requests.flatMap((request) => requestLater(world, request)),
    responses:
      world.store === 'durable'
        ? state.responses
        : state.responses.flatMap((response) =>
            response.sinceRead === graceMs ? [] : [{ ...response, sinceRead: response.sinceRead + 1 }],
          ),
  };
}

// Honest requests have their verdict within the grace; for a cookie jar, their response. An UPDATE on its way may still arrive.
function requestLater({ settings, store }: World, request: Request): Request[] {
  if (request.by === 'thief' || (request.phase === 'accepted' && store === 'durable')) return [request];
  const sinceRead = Math.min(request.sinceRead + 1, settings.graceMs + 1);
  if (sinceRead > settings.graceMs && request.phase !== 'writing') return [];
  return [{ ...request, sinceRead }];
}
