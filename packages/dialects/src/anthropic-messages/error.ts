import type { Failure } from '@brownout/core';
import { readFailure } from '../failure.ts';

/** https://docs.claude.com/en/api/errors */
export function readError(status: number, body: unknown): Failure {
  return readFailure(status, body);
}
