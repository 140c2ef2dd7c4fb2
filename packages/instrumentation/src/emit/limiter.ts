import { OVERFLOW_VALUE } from '@brownout/signals';

/** Lets the first `limit` distinct values of a dimension through and folds the rest into `_other`. O(1), bounded memory. */
export function createLimiter(limit: number, onOverflow: () => void): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    if (seen.has(value)) return value;
    if (seen.size < limit) {
      seen.add(value);
      return value;
    }
    onOverflow();
    return OVERFLOW_VALUE;
  };
}
