/**
 * Why a call was worth what it was worth: one row per reason, the single static table of verdicts.
 *
 * The order is the precedence within one verdict. An unusable reason always beats a degraded one; what ended the call
 * beats what was only found in it (see `judge.ts`).
 */
export const VERDICTS = {
  blocked: { verdict: 'unusable', fault: 'policy', when: 'refusal, content filter or safety stop' },
  empty_output: {
    verdict: 'unusable',
    fault: 'vendor',
    when: 'finished with no text, with reasoning only, or with no tool call',
  },
  malformed_output: {
    verdict: 'unusable',
    fault: 'vendor',
    when: 'JSON was asked for (response format, schema, tool arguments) and what came does not parse',
  },
  repetition: {
    verdict: 'unusable',
    fault: 'vendor',
    when: 'output entered a loop: at least 4 exact repeats covering at least 40 tokens, or 8 covering 80 whose numbers count on',
  },
  stream_cut: { verdict: 'unusable', fault: 'vendor', when: 'stream or socket ended without the terminal marker' },
  stalled: { verdict: 'unusable', fault: 'vendor', when: 'stream went silent past the gap budget and never finished' },
  gave_up: { verdict: 'unusable', fault: 'vendor', when: 'the caller aborted after a budget was already broken' },
  malformed_response: {
    verdict: 'unusable',
    fault: 'vendor',
    when: '2xx whose body is not the dialect: HTML, wrong content type, unparseable JSON or SSE, empty body',
  },
  timeout: {
    verdict: 'unusable',
    fault: 'vendor',
    when: "no status line before the client's deadline, or the deadline passed later with every budget kept",
  },
  overloaded: { verdict: 'unusable', fault: 'vendor', when: '529, 503 or an in-band overload error' },
  server_error: { verdict: 'unusable', fault: 'vendor', when: 'other 5xx, or an in-band server error' },
  rate_limited: { verdict: 'unusable', fault: 'capacity', when: '429, or an in-band rate limit' },
  quota_exhausted: { verdict: 'unusable', fault: 'capacity', when: 'insufficient quota, billing or credit' },
  auth: { verdict: 'unusable', fault: 'caller', when: '401 or 403' },
  bad_request: { verdict: 'unusable', fault: 'caller', when: 'other 4xx, or client-side validation' },
  connection: {
    verdict: 'unusable',
    fault: 'network',
    when: 'DNS, refused, reset or TLS failure before a status line',
  },
  slow_first_chunk: { verdict: 'degraded', fault: 'vendor', when: 'first output chunk later than the budget' },
  slow_total: { verdict: 'degraded', fault: 'vendor', when: 'total time over the budget' },
  slow_stream: {
    verdict: 'degraded',
    fault: 'vendor',
    when: 'a gap over the gap budget, or an output rate under its budget, but the answer finished',
  },
  truncated: {
    verdict: 'degraded',
    fault: 'none',
    when: "finish reason is a length limit (the caller's or the model's)",
  },
  model_substituted: {
    verdict: 'degraded',
    fault: 'vendor',
    when: 'the response names a model that is no version of the requested one',
  },
  cancelled: { verdict: 'cancelled', fault: 'none', when: 'the caller aborted or stopped reading inside every budget' },
  abandoned: { verdict: 'cancelled', fault: 'none', when: 'the response was never read to its end and was dropped' },
  ok: { verdict: 'usable', fault: 'none', when: 'terminal marker seen, useful output, inside every budget' },
} as const satisfies Readonly<Record<string, VerdictRow>>;

interface VerdictRow {
  readonly verdict: 'usable' | 'degraded' | 'unusable' | 'cancelled';
  readonly fault: 'vendor' | 'capacity' | 'caller' | 'network' | 'policy' | 'none';
  readonly when: string;
}

/** The one primary cause of a verdict. */
export type Reason = keyof typeof VERDICTS;
/** What the application got. */
export type Verdict = VerdictRow['verdict'];
/** Whose problem it is. */
export type Fault = VerdictRow['fault'];
