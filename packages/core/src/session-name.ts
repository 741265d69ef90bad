/** What a session is called when its client gives it no name. */

/** What a user agent was understood as; either may be unknown. */
export interface Device {
  readonly browser?: string | undefined;
  readonly system?: string | undefined;
}

/** `Chrome on macOS`, or whichever half is known, or `Unknown client`. */
export function sessionNameOf({ browser, system }: Device): string {
  return [browser, system].filter(Boolean).join(' on ') || 'Unknown client';
}
