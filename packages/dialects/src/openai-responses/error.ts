import type { Failure } from '@brownout/core';
import { readFailure } from '../failure.ts';

/** https://platform.openai.com/docs/guides/error-codes */
export function readError(status: number, body: unknown): Failure {
  return readFailure(status, body);
}
