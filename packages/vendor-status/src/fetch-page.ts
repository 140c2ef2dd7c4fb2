import { decodeText } from './decode-text.ts';

/** What came of asking for a page. */
export type Fetched =
  | { readonly kind: 'page'; readonly text: string; readonly etag: string | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly problem: string };

export interface FetchLimits {
  readonly milliseconds: number;
  readonly bytes: number;
}

export const DEFAULT_LIMITS: FetchLimits = { milliseconds: 10_000, bytes: 2 * 1024 * 1024 };

const USER_AGENT = 'brownout-vendor-status/0.1';

/** What a page is asked for as. A page of another type is not read: a redirect to HTML is no status. */
export type PageType = keyof typeof TYPES;

const TYPES = {
  json: { accept: 'application/json', name: 'JSON', pattern: /\bjson\b/i },
  xml: { accept: 'application/rss+xml, application/atom+xml, application/xml', name: 'XML', pattern: /\bxml\b/i },
} as const;

/** Fetches a page, within its limits; never rejects. An `etag` makes it conditional. */
export async function fetchPage(
  url: string,
  type: PageType,
  etag: string | null,
  limits: FetchLimits,
): Promise<Fetched> {
  try {
    const response = await fetch(url, {
      headers: {
        accept: TYPES[type].accept,
        'user-agent': USER_AGENT,
        ...(etag === null ? {} : { 'if-none-match': etag }),
      },
      signal: AbortSignal.timeout(limits.milliseconds),
    });
    if (response.status === 304 && etag !== null) return { kind: 'unchanged' };
    const problem = refusal(response, type);
    if (problem !== null) {
      await response.body?.cancel();
      return { kind: 'failed', problem };
    }
    const bytes = await readAtMost(response, limits.bytes);
    if (bytes === null) return { kind: 'failed', problem: `body: it is larger than ${limits.bytes} bytes` };
    const text = decodeText(bytes);
    return text === null
      ? { kind: 'failed', problem: 'body: it is neither UTF-8 nor UTF-16 with a byte-order mark' }
      : { kind: 'page', text, etag: response.headers.get('etag') };
  } catch (error) {
    return { kind: 'failed', problem: `request: ${error instanceof Error ? causeOf(error) : String(error)}` };
  }
}

function refusal(response: Response, expected: PageType): string | null {
  if (!response.ok) return `status line: ${response.status}`;
  const type = response.headers.get('content-type') ?? 'none';
  const { name, pattern } = TYPES[expected];
  return pattern.test(type) ? null : `content-type: ${type} where ${name} was expected (${response.url})`;
}

async function readAtMost(response: Response, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the body.
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const causeOf = (error: Error): string => (error.cause instanceof Error ? error.cause.message : error.message);
