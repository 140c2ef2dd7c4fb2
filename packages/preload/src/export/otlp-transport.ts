import type { Agent, IncomingMessage } from 'node:http';
import type { Agent as SecureAgent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http';
import { plainHttp } from './plain-http.ts';

/** Where and how one signal is sent: what the exporter base reads from the `OTEL_EXPORTER_OTLP_*` variables. */
export type OtlpDestination = ReturnType<typeof convertLegacyHttpOptions>;

/** https://opentelemetry.io/docs/specs/otlp/#otlphttp-response */
const RETRYABLE_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const FIRST_BACKOFF_MILLISECONDS = 1000;
const BACKOFF_FACTOR = 1.5;

/** Beyond this a response body is cut off: what a collector answers is a few bytes. */
const LARGEST_RESPONSE_BYTES = 4 * 1024 * 1024;

type Attempt =
  | { readonly status: 'delivered'; readonly body: Uint8Array }
  | { readonly status: 'failed'; readonly error: Error; readonly retry: 'never' | number | undefined };

/** What the exporter base is told: never `retryable`, since its own retries hold the process. */
type Delivery =
  | { readonly status: 'success'; readonly data: Uint8Array }
  | { readonly status: 'failure'; readonly error: Error };

/** One request, ready to be made by someone else. */
export interface Parcel {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const NOTHING = new Uint8Array();

const compress = (data: Uint8Array): Promise<Buffer> => promisify(process.getBuiltinModule('node:zlib').gzip)(data);

async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST_RESPONSE_BYTES) throw new Error('the answer is larger than 4 MiB');
  }
  return Buffer.concat(chunks);
}

function retryAfter(response: IncomingMessage): number | undefined {
  const seconds = Number(response.headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

async function judged(response: IncomingMessage): Promise<Attempt> {
  const body = await bodyOf(response);
  const code = response.statusCode ?? 0;
  if (code >= 200 && code < 300) return { status: 'delivered', body };
  const error = new Error(`HTTP ${code} ${response.statusMessage ?? ''}`.trim());
  return { status: 'failed', error, retry: RETRYABLE_STATUS.has(code) ? retryAfter(response) : 'never' };
}

/**
 * Sends OTLP over HTTP without keeping the process alive: its sockets and timers never do. Whoever wants to wait for
 * deliveries holds the process with a timer of their own.
 */
export class OtlpTransport {
  static readonly #pending = new Set<Promise<unknown>>();
  static readonly #lastCall = new AbortController();
  static #parcels: Parcel[] | undefined;
  static #started = 0;

  readonly #destination: OtlpDestination;
  #agent: Agent | SecureAgent | undefined;
  #headers: Readonly<Record<string, string>> = {};

  constructor(destination: OtlpDestination) {
    this.#destination = destination;
    void destination.headers().then((headers) => (this.#headers = headers));
  }

  /** How many deliveries were begun so far, in all transports of this thread. */
  static get started(): number {
    return OtlpTransport.#started;
  }

  /** Settles when nothing is under way any more, in any transport of this thread. */
  static async idle(): Promise<void> {
    while (OtlpTransport.#pending.size > 0) await Promise.allSettled(OtlpTransport.#pending);
  }

  /** From here on nothing is tried a second time, since the process is about to end: waiting retries go out at once. */
  static lastCall(): void {
    OtlpTransport.#lastCall.abort();
  }

  /** Nothing asynchronous happens any more: what `send` is given from here on is kept for someone else to deliver. */
  static collectParcels(): readonly Parcel[] {
    return (OtlpTransport.#parcels ??= []);
  }

  send(data: Uint8Array, timeoutMilliseconds: number): Promise<Delivery> {
    OtlpTransport.#started += 1;
    if (OtlpTransport.#parcels) {
      OtlpTransport.#parcels.push({ url: this.#destination.url, headers: this.#headers, body: data });
      return Promise.resolve({ status: 'success', data: NOTHING });
    }
    const delivery = this.#deliver(data, timeoutMilliseconds);
    OtlpTransport.#pending.add(delivery);
    void delivery.finally(() => OtlpTransport.#pending.delete(delivery));
    return delivery;
  }

  shutdown(): void {
    this.#agent?.destroy();
  }

  /** Retries as the OTLP specification asks for, within the timeout of the export as a whole. Never rejects. */
  async #deliver(data: Uint8Array, timeoutMilliseconds: number): Promise<Delivery> {
    const deadline = performance.now() + timeoutMilliseconds;
    let backoff = FIRST_BACKOFF_MILLISECONDS;
    for (;;) {
      const attempt = await this.#attempt(data, deadline - performance.now());
      if (attempt.status === 'delivered') return { status: 'success', data: attempt.body };
      const wait = attempt.retry ?? backoff;
      const { signal } = OtlpTransport.#lastCall;
      if (wait === 'never' || signal.aborted || performance.now() + wait >= deadline) {
        return { status: 'failure', error: attempt.error };
      }
      await sleep(wait, undefined, { ref: false, signal }).catch(() => undefined);
      backoff *= BACKOFF_FACTOR;
    }
  }

  async #attempt(data: Uint8Array, timeoutMilliseconds: number): Promise<Attempt> {
    try {
      return await judged(await this.#post(data, AbortSignal.timeout(Math.max(1, Math.round(timeoutMilliseconds)))));
    } catch (cause) {
      const timedOut = cause instanceof Error && cause.name === 'AbortError';
      const error = timedOut ? new Error('no answer in time') : new Error(describe(cause));
      return { status: 'failed', error, retry: timedOut ? 'never' : undefined };
    }
  }

  async #post(data: Uint8Array, signal: AbortSignal): Promise<IncomingMessage> {
    const { url, compression, agentFactory, headers } = this.#destination;
    const { protocol } = new URL(url);
    this.#agent ??= await agentFactory(protocol);
    const zipped = compression === 'gzip';
    const body = zipped ? await compress(data) : data;
    const fields = {
      ...(await headers()),
      'user-agent': 'brownout-preload',
      'content-length': body.byteLength,
      ...(zipped && { 'content-encoding': 'gzip' }),
    };
    const request = protocol === 'https:' ? plainHttp().https : plainHttp().http;
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', agent: this.#agent, headers: fields, signal }, resolve);
      sent.on('error', reject);
      sent.on('socket', (socket) => {
        socket.unref();
        // Each address that is tried has a handle of its own, which holds the process until it is told not to.
        if (socket.connecting) socket.on('connectionAttempt', () => socket.unref());
      });
      sent.end(body);
    });
  }
}

/** A refused connection to a name with two addresses is an AggregateError without a message. */
function describe(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(describe).join(', ');
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
