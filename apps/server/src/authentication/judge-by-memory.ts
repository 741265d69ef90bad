/** Judging a token by what this node remembers: nearly every request, without a database. */
import type { Instant } from '@rollcall/core/instant';
import { judgeFromMemory, type RotationVerdict } from '@rollcall/core/rotation';
import { isSameMac, type TokenParts } from '@rollcall/core/token';
import type { Client } from '../http/client-address.ts';
import { flat } from '../registry/compact.ts';
import type { Remembered } from '../registry/registry.ts';
import { type Admission, isActive, type Judging, notValid, saltOf } from './judging.ts';
import { isSettled } from './other-networks.ts';

interface Asked {
  readonly now: Instant;
  /** Nobody, where it is not known who presented it. */
  readonly from: Client | undefined;
}

/** What memory says of a token. */
interface Recollection {
  readonly verdict: RotationVerdict;
  readonly admission: Admission;
}

/** Undefined where only the database can tell. Throws 401 for a wrong mac, about which no database need be asked. */
export function judgeByMemory(judging: Judging, parts: TokenParts, asked: Asked): Admission | undefined {
  const recollection = recollect(judging, parts, asked);
  if (recollection === undefined) return undefined;
  if (recollection === 'forged') {
    judging.metrics.judged('memory', 'forged');
    throw notValid();
  }
  judging.metrics.judged('memory', recollection.verdict);
  return recollection.admission;
}

/** The same for whoever may still leave the judgement to somebody else: nothing is counted, nothing refused. */
export function recollect(
  judging: Judging,
  parts: TokenParts,
  { now, from }: Asked,
): Recollection | 'forged' | undefined {
  const { registry, rotation } = judging;
  const remembered = registry.recall(parts.organizationId, parts.requestId);
  if (remembered === undefined) return undefined;
  if (!isGenuine(judging, remembered, parts)) return 'forged';

  const { session } = remembered;
  if (from !== undefined && !isSettled(judging, session, from)) return undefined;
  const state = {
    generation: session.token_generation,
    confirmedAt: session.token_confirmed_at,
    ended: !isActive(judging, session, now),
    readAt: remembered.readAt,
  };
  const judgement = judgeFromMemory(state, parts.number, now, rotation);
  if (judgement === 'ask-database') return undefined;
  const admission = { session, carries: judgement.carriesNext ? parts.number + 1 : null };
  return { verdict: judgement.verdict, admission };
}

// The mac of the current token is remembered once it was found genuine: the same one need not be made for every request.
function isGenuine({ tokens }: Judging, remembered: Remembered, parts: TokenParts): boolean {
  const { session, mac } = remembered;
  const isCurrent = parts.number === session.token_generation;
  if (isCurrent && mac !== undefined) return isSameMac(mac, parts.mac);
  const genuine = tokens.isGenuine(parts, saltOf(session));
  if (genuine && isCurrent) remembered.mac = flat(parts.mac);
  return genuine;
}
