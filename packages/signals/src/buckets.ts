/**
 * Seconds, 0.01 doubling to 327.68. The GenAI conventions advise the first 14 of them; the last two are there because a
 * hang of three minutes must not read as 81.92 s.
 */
export const DURATION_BUCKETS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68,
] as const;

/** Tokens per second, 1 doubling to 512. */
export const RATE_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] as const;

/** Tokens, 1 quadrupling to 67,108,864: the GenAI conventions' advice. */
export const TOKEN_BUCKETS = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
] as const;
