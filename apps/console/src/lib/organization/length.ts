/** Lengths of time in the units that people think in. */

const units = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
export type Unit = keyof typeof units;
export const unitNames: readonly Unit[] = ['seconds', 'minutes', 'hours', 'days'];

export interface Length {
  readonly amount: number;
  readonly unit: Unit;
}

/** In the largest unit of which it is a whole number. */
export function lengthOf(seconds: number): Length {
  const unit = unitNames.findLast((name) => seconds % units[name] === 0) ?? 'seconds';
  return { amount: seconds / units[unit], unit };
}

export function secondsOf({ amount, unit }: Length): number {
  return amount * units[unit];
}

/** `8 hours`, `1 day`. */
export function writeLength(seconds: number): string {
  const { amount, unit } = lengthOf(seconds);
  return `${new Intl.NumberFormat('en').format(amount)} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}
