import type { Call, Outcome } from './call.ts';
import type { LengthBand } from './detectors/index.ts';

/** Answers that can be used are compared with those before them, and become what later ones are compared with. */
export function compareLength(
  call: Call,
  outcome: Outcome,
  lengthBandOf: (call: Call) => LengthBand | undefined,
): Outcome {
  const tokens = call.attempts.at(-1)?.answer.usage.outputTokens;
  if (tokens === undefined || (outcome.verdict !== 'usable' && outcome.verdict !== 'degraded')) return outcome;
  const band = lengthBandOf(call);
  const isOutlier = band?.isOutside(tokens) ?? false;
  band?.learn(tokens);
  return isOutlier ? { ...outcome, anomalies: [...outcome.anomalies, 'length_outlier'] } : outcome;
}
