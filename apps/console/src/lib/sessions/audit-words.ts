/** What happened to a session, in words. */
import type { AuditAction, AuditEvent } from '@rollcall/core/schema/audit';
import { actionNames, reasonInWords } from '#lib/audit/words.ts';
import { endReasonLabels } from './end-reason.ts';

const actions: Partial<Readonly<Record<AuditAction, string>>> = {
  'sign-in': 'Signed in',
  'sign-out': 'Signed out',
  termination: 'Terminated',
  'termination-confirmed': 'Its end was confirmed by every node',
  'session-ended': 'Ended',
  'token-reuse': 'An outdated token was presented',
  'token-forged': 'A token was presented that nobody had handed out',
  'other-network': 'Used from another network',
};

/** `Terminated by admin@example.com from 192.0.2.7`. */
export function writeEvent({ action, outcome, reason, actorEmail, ipAddress, details }: AuditEvent): string {
  const endReason = Object.entries(endReasonLabels).find(([code]) => code === details?.['endReason'])?.[1];
  const parts = [
    (outcome === 'success' && actions[action]) || actionNames[action],
    ...(endReason === undefined ? [] : [`(${endReason.toLowerCase()})`]),
    ...(outcome === 'refused'
      ? [`refused${reason === undefined ? '' : `: ${reasonInWords(reason).toLowerCase()}`}`]
      : []),
    ...(actorEmail === undefined ? [] : [`by ${actorEmail}`]),
    ...(ipAddress === undefined ? [] : [`from ${ipAddress}`]),
  ];
  return parts.join(' ');
}
