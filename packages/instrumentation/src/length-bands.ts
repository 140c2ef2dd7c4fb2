import { createLengthBand } from '@brownout/core';
import type { Call, LengthBand } from '@brownout/core';
import { OVERFLOW_VALUE } from '@brownout/signals';
import type { CommonDimensions } from './emit/dimensions.ts';

/** The kinds of call whose usual lengths are remembered; beyond it, the one that was not seen for the longest time is forgotten. */
const MOST_BANDS = 200;

/**
 * The usual lengths of answers, for each provider, model and use case by their bounded names. What was folded into `_other`
 * is no one kind of call and has none.
 */
export function createLengthBands(
  dimensionsOf: (call: Call) => CommonDimensions | undefined,
): (call: Call) => LengthBand | undefined {
  // By identity: there is one object for all calls that have the same dimensions.
  const bands = new Map<CommonDimensions, LengthBand>();
  return (call) => {
    const dimensions = dimensionsOf(call);
    if (dimensions === undefined || isFolded(dimensions)) return undefined;
    const band = bands.get(dimensions) ?? createLengthBand();
    // A map keeps the order of insertion: put back, the band is the youngest.
    bands.delete(dimensions);
    bands.set(dimensions, band);
    if (bands.size > MOST_BANDS) bands.delete(bands.keys().next().value ?? dimensions);
    return band;
  };
}

const isFolded = (dimensions: CommonDimensions): boolean =>
  dimensions['gen_ai.request.model'] === OVERFLOW_VALUE || dimensions['brownout.use_case'] === OVERFLOW_VALUE;
