import type { ProviderName } from '../endpoint.ts';
import type { FaultName } from './catalogue.ts';
import type { ParameterValues } from './fault.ts';

/** A fault that is being played: named in `setFaults`, or in a line of a schedule. */
export interface ActiveFault {
  readonly fault: FaultName;
  readonly parameters?: ParameterValues;
  /** The share of the matching requests that it hits, 0 to 1; all of them if left out. */
  readonly share?: number;
  /** Only requests for these models, as the request names them. */
  readonly models?: readonly string[];
  /** Only requests with these API keys. */
  readonly keys?: readonly string[];
  readonly providers?: readonly ProviderName[];
  /** Only streamed requests, or only those that are not. */
  readonly streamed?: boolean;
}
