import { decodeText } from './decode-text.ts';
import { freshFor, retryAfter, staleness } from './freshness.ts';
import { type HttpAnswer, httpGet } from './http-get.ts';

/** What came of asking for a page. `waitMs`: how long the server asks not to be asked again. */
export type Fetched =
  | { readonly kind: 'page'; readonly text: string; readonly etag: string | null; readonly waitMs: number }
  | { readonly kind: 'unchanged'; readonly waitMs: number }
  | { readonly kind: 'failed'; readonly problem: string; readonly waitMs: number };

export interface FetchLimits {
  readonly milliseconds: number;
  /** Of the body when it is unpacked. */
  readonly bytes: number;
  /** A request does not keep the process alive. */
  readonly isBackground?: boolean;
}

export const DEFAULT_LIMITS: FetchLimits = { milliseconds: 10_000, bytes: 2 * 1024 * 1024 };

export interface PageRequest {
  readonly url: string;
  readonly type: PageType;
  /** Makes it conditional. */
  readonly etag: string | null;
}

/** What a page is asked for as. */
export type PageType = keyof typeof TYPES;

const TYPES = {
  json: { accept: 'application/json', name: 'JSON' },
  xml: { accept: 'application/rss+xml, application/atom+xml, application/xml', name: 'XML' },
} as const;

const USER_AGENT = 'brownout-vendor-status/0.1';

/** Fetches a page, within its limits; never rejects. `now` gives milliseconds since the epoch. */
export async function fetchPage(
  { url, type, etag }: PageRequest,
  limits: FetchLimits,
  now: () => number,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(limits.milliseconds);
  try {
    const answer = await httpGet(url, {
      headers: {
        accept: TYPES[type].accept,
        'accept-encoding': 'gzip',
        'user-agent': USER_AGENT,
        ...(etag === null ? {} : { 'if-none-match': etag }),
      },
      signal,
      isBackground: limits.isBackground ?? false,
    });
    return await readAnswer(answer, type, etag, limits.bytes, now());
  } catch (error) {
    const problem = signal.aborted ? `no whole answer within ${limits.milliseconds} ms` : describe(error);
    return { kind: 'failed', problem: `request: ${problem}`, waitMs: 0 };
  }
}

async function readAnswer(
  answer: HttpAnswer,
  type: PageType,
  etag: string | null,
  limit: number,
  now: number,
): Promise<Fetched> {
  const failed = (problem: string): Fetched => ({ kind: 'failed', problem, waitMs: retryAfter(answer.headers, now) });
  const isUnchanged = answer.status === 304 && etag !== null;
  const problem = (isUnchanged ? null : refusal(answer, type)) ?? staleness(answer.headers, now);
  if (problem !== null || isUnchanged) {
    answer.discard();
    return problem === null ? { kind: 'unchanged', waitMs: freshFor(answer.headers) } : failed(problem);
  }
  const bytes = await readAtMost(answer.body, limit);
  if (bytes === null) return failed(`body: it is larger than ${limit} bytes`);
  const text = decodeText(bytes);
  if (text === null) return failed('body: it is neither UTF-8 nor UTF-16 with a byte-order mark');
  return { kind: 'page', text, etag: answer.headers.etag ?? null, waitMs: freshFor(answer.headers) };
}

function refusal({ status, headers, url }: HttpAnswer, expected: PageType): string | null {
  if (status !== 200) return `status line: ${status}`;
  const type = headers['content-type'] ?? '';
  // Other types are let pass, since storage serves documents as octets and feeds as text: the body has to tell then.
  return /html/i.test(type) ? `content-type: ${type} where ${TYPES[expected].name} was expected (${url})` : null;
}

async function readAtMost(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Of an address with several hosts, each has an error of its own. */
function describe(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describe(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
