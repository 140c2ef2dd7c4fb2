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

/** Fetches a JSON page, within its limits; never rejects. An `etag` makes it conditional. */
export async function fetchPage(url: string, etag: string | null, limits: FetchLimits): Promise<Fetched> {
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'application/json',
        'user-agent': USER_AGENT,
        ...(etag === null ? {} : { 'if-none-match': etag }),
      },
      signal: AbortSignal.timeout(limits.milliseconds),
    });
    if (response.status === 304 && etag !== null) return { kind: 'unchanged' };
    const problem = refusal(response);
    if (problem !== null) {
      await response.body?.cancel();
      return { kind: 'failed', problem };
    }
    const bytes = await readAtMost(response, limits.bytes);
    if (bytes === null) return { kind: 'failed', problem: `body: it is larger than ${limits.bytes} bytes` };
    const text = decode(bytes);
    return text === null
      ? { kind: 'failed', problem: 'body: it is neither UTF-8 nor UTF-16 with a byte-order mark' }
      : { kind: 'page', text, etag: response.headers.get('etag') };
  } catch (error) {
    return { kind: 'failed', problem: `request: ${error instanceof Error ? causeOf(error) : String(error)}` };
  }
}

function refusal(response: Response): string | null {
  if (!response.ok) return `status line: ${response.status}`;
  const type = response.headers.get('content-type') ?? 'none';
  return /\bjson\b/i.test(type) ? null : `content-type: ${type} where JSON was expected (${response.url})`;
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

/** AWS sends UTF-16 with a byte-order mark and does not say so in its header. */
function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding =
    first === 0xfe && second === 0xff ? 'utf-16be' : first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const causeOf = (error: Error): string => (error.cause instanceof Error ? error.cause.message : error.message);
