/** Keys and words are compared by these, so that no text has to be kept (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/). */
export const EMPTY_HASH: number = 0x811c_9dc5 | 0;

export const extendHash = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x0100_0193);

export function hashOf(text: string): number {
  let hash = EMPTY_HASH;
  for (let index = 0; index < text.length; index += 1) hash = extendHash(hash, text.charCodeAt(index));
  return hash;
}
