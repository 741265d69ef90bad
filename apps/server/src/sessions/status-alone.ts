/** Of a search that asks for a status and for nothing else: how many those are is kept, and need not be counted. */
import type { Query } from '@rollcall/core/query/syntax';
import type { SessionStatus } from '@rollcall/core/schema/session-list';

/** Whether sessions of each status are found. */
interface Found {
  readonly active: boolean;
  readonly inactive: boolean;
}

/** `all` where it asks for nothing at all; undefined where it asks for anything else, or for what no session is. */
export function statusAlone(query: Query): SessionStatus | undefined {
  const found = foundBy(query);
  if (found?.active) return found.inactive ? 'all' : 'active';
  return found?.inactive ? 'inactive' : undefined;
}

function foundBy(query: Query): Found | undefined {
  switch (query.kind) {
    case 'one-of': {
      if (query.field !== 'status') return undefined;
      return { active: query.values.includes('active'), inactive: query.values.includes('inactive') };
    }
    case 'not': {
      const part = foundBy(query.part);
      return part && { active: !part.active, inactive: !part.inactive };
    }
    case 'and':
      return foundByParts(query.parts, (parts) => ({
        active: parts.every(({ active }) => active),
        inactive: parts.every(({ inactive }) => inactive),
      }));
    case 'or':
      return foundByParts(query.parts, (parts) => ({
        active: parts.some(({ active }) => active),
        inactive: parts.some(({ inactive }) => inactive),
      }));
    default:
      return undefined;
  }
}

function foundByParts(parts: readonly Query[], join: (found: readonly Found[]) => Found): Found | undefined {
  const found = parts.map(foundBy);
  return found.every((part) => part !== undefined) ? join(found) : undefined;
}
