/** A password that nobody chose: 80 bits, in characters that are not mistaken for each other. */
const characters = '23456789abcdefghijkmnpqrstuvwxyz';

export function generatePassword(random: (bytes: number) => Uint8Array): string {
  const drawn = [...random(16)].map((byte) => characters[byte % characters.length]).join('');
  return [0, 4, 8, 12].map((start) => drawn.slice(start, start + 4)).join('-');
}
