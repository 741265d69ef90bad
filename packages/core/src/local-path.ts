/** Where somebody may be sent who was asked for by an address. */

/**
 * The text, where it is a path of the site that it stands on, percent-encoded; undefined for anything that a browser could take for an address elsewhere
 * (WHATWG URL, 4.4: `\` counts as `/`, and tabs and line breaks are passed over), and for what no header holds.
 */
export function localPath(text: string): string | undefined {
  return /^\/(?!\/)[\x21-\x5B\x5D-\x7E]*$/.test(text) ? text : undefined;
}
