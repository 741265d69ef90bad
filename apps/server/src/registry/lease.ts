/** Whether this node may rely on what it remembers. */

export interface Lease {
  /** False as soon as an end that was acknowledged elsewhere could have been missed here. */
  isValid(): boolean;
}

/** The lease of a node that has the database to itself: whatever changes, changes here. */
export const soleNode: Lease = { isValid: () => true };
