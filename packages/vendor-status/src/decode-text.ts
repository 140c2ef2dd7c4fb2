/**
 * Text of UTF-8, or of UTF-16 with a byte-order mark; `null` for anything else. AWS sends UTF-16, and `Response.json()`
 * would read it as UTF-8.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding =
    first === 0xfe && second === 0xff ? 'utf-16be' : first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
