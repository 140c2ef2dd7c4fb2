import type { DialectName, ProviderName } from './endpoint.ts';
import type { FaultName } from './faults/catalogue.ts';

/** What became of one request. The entry appears when the request is read and is completed while it is answered. */
export interface RecordedRequest {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly provider: ProviderName;
  /** `null` where the path belongs to no API that the simulator plays. */
  readonly dialect: DialectName | null;
  readonly method: string;
  /** The ordinary path, without a fault prefix, with the query. */
  readonly path: string;
  /** The fault prefix without its tilde, or `null`. */
  readonly prefix: string | null;
  /** Names in lower case. Credentials are in there as they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body, the raw text where it is no JSON, or `null` where there was none. */
  readonly body: unknown;
  /** The model as the request names it, or an empty text. */
  readonly model: string;
  readonly streamed: boolean;
  /** The fault played, or `null` for a healthy reply. */
  readonly fault: FaultName | null;
  /** The status line sent, or `null` where none was (yet). */
  readonly status: number | null;
  /** Whether the client closed the connection before the reply was over. */
  readonly aborted: boolean;
  /** Whether the exchange is over, one way or another. */
  readonly finished: boolean;
  /** Milliseconds from the request to the end of the exchange, 0 while it lasts. */
  readonly durationMs: number;
}

/** The same entry, for the simulator's own pen. */
export type RequestEntry = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };
