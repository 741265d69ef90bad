/** What a client says it is, made fit to be kept. */

/** At most 512 characters, without what {@link PlainText} refuses: control characters, lone surrogates, line separators, marks that reorder text. */
export function plainUserAgent(text: string): string {
  return text
    .slice(0, 512)
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim();
}
