/** The lengths that are usual for one kind of call, learnt from its answers. Lengths are whole numbers of tokens. */
export interface LengthBand {
  /** Whether this length is unusual. Nothing is, before the first {@link LENGTH_BAND.renewedEvery} lengths were learnt. */
  readonly isOutside: (tokens: number) => boolean;
  readonly learn: (tokens: number) => void;
}

export const LENGTH_BAND = {
  /** The band is drawn anew after this many lengths, and for the first time then. */
  renewedEvery: 100,
  /** This share of the lengths is left out at either end before the spread of the rest is taken. */
  tail: 0.05,
  /** A length is never unusual within this factor of those percentiles. */
  leastFactor: 2,
  /** Nor this near to them: what a label of five tokens differs by says nothing. */
  leastTokens: 10,
  /** What earlier lengths still weigh each time that the band is drawn anew. */
  memory: 0.5,
} as const;

/** Bins to each doubling: a bin is 9 % wide. */
const BINS_PER_DOUBLING = 8;
/** Up to a million tokens; what is longer counts as that. */
const BINS = 20 * BINS_PER_DOUBLING;

const binOf = (tokens: number): number =>
  Math.min(BINS - 1, Math.floor(Math.log2(Math.max(1, tokens)) * BINS_PER_DOUBLING));
/** The shortest length of a bin; of a bin and a half, the one in its middle. */
const tokensAt = (bin: number): number => 2 ** (bin / BINS_PER_DOUBLING);

/**
 * Quantiles of a histogram over the logarithm of the length. The band reaches as far beyond the 5th and the 95th percentile
 * as these lie from the median, whatever the shape between them: a use case that answers in a word or in a page has both.
 * Mean and deviation would be moved by the very answers that are to be found, and median and MAD see one of two habits only.
 *
 * Memory: 160 counters, and the band. How fast it learns, and how often it is wrong: `docs/reference/detectors.md`.
 */
export function createLengthBand(): LengthBand {
  const counts = new Float32Array(BINS);
  let learnt = 0;
  let least = 0;
  let most = Number.POSITIVE_INFINITY;

  function renew(): void {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const low = tokensAt(quantile(counts, LENGTH_BAND.tail * total));
    const middle = tokensAt(quantile(counts, total / 2) + 0.5);
    const high = tokensAt(quantile(counts, (1 - LENGTH_BAND.tail) * total) + 1);
    const { leastFactor, leastTokens } = LENGTH_BAND;
    least = Math.min((low * low) / middle, low / leastFactor, low - leastTokens);
    most = Math.max((high * high) / middle, high * leastFactor, high + leastTokens);
    for (let bin = 0; bin < BINS; bin += 1) counts[bin] = (counts[bin] ?? 0) * LENGTH_BAND.memory;
    learnt = 0;
  }

  return {
    isOutside: (tokens) => tokens < least || tokens > most,
    learn(tokens) {
      const bin = binOf(tokens);
      counts[bin] = (counts[bin] ?? 0) + 1;
      learnt += 1;
      if (learnt === LENGTH_BAND.renewedEvery) renew();
    },
  };
}

/** The bin in which the value of this rank is. */
function quantile(counts: Float32Array, rank: number): number {
  let below = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    below += counts[bin] ?? 0;
    if (below >= rank) return bin;
  }
  return BINS - 1;
}
