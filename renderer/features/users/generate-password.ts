/** Without what is mistaken for something else when read out or written down: 0 o, 1 i l. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP = 4

/**
 * A password that a person can read out: four groups of four out of 31 signs, about 79 bits.
 *
 * @param random fills with random bytes
 */
export function generatePassword(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): string {
  const signs: string[] = []
  // Bytes past the last whole round of the alphabet would make its beginning likelier.
  const fair = 256 - (256 % ALPHABET.length)
  while (signs.length < GROUPS * GROUP) {
    for (const byte of random(new Uint8Array(32))) {
      if (byte < fair) signs.push(ALPHABET[byte % ALPHABET.length] ?? '')
    }
  }
  return Array.from({ length: GROUPS }, (_, at) =>
    signs.slice(at * GROUP, (at + 1) * GROUP).join(''),
  ).join('-')
}
