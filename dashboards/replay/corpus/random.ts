/** Numbers that look random and are the same for the same seed: a corpus has to be made again as it was. */
export interface Random {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** How many of events that come independently of each other come where so many are expected. */
  readonly poisson: (expected: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
}

/** Mulberry32 over a hash of the seed's words. */
export function createRandom(...seed: readonly (string | number)[]): Random {
  let state = hash(seed.join('/'));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    poisson(expected) {
      // Knuth's method, in pieces, since the limit would vanish for many at once.
      let count = 0;
      for (let rest = expected; rest > 0; rest -= PIECE) {
        const limit = Math.exp(-Math.min(rest, PIECE));
        for (let product = next(); product > limit; product *= next()) count += 1;
      }
      return count;
    },
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
  };
}

const PIECE = 30;

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
