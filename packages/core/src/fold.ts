/** Text made comparable: what differs only by case or by compatibility form becomes the same. */

const beyondAscii = /[\u0080-\uffff]/;

/**
 * Unicode NFKC, then full case folding as far as JavaScript has it: upper case and back, so that ß and ẞ become `ss`, and every sigma
 * σ. Wider than Unicode's own folding in one place: a dotless ı is an i. İ keeps its dot as a combining character.
 * Folding what is folded changes nothing.
 */
export function fold(text: string): string {
  // Nearly all e-mails, names and addresses are ASCII, for which this is the same and several times faster.
  if (!beyondAscii.test(text)) return text.toLowerCase();
  const compatible = text.normalize('NFKC');
  // Lower case comes first for ẞ alone, which is its own upper case, while that of ß is SS.
  const caseless = compatible.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return caseless.normalize('NFKC');
}
