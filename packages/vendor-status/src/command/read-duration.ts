import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../config/parse-duration.ts';

/** An option's duration, in seconds. */
export function readDuration(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError('It must be a duration such as 30s, 90m, 6h or 7d.');
  return seconds;
}
