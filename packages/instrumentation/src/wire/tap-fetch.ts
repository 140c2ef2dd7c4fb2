import { AsyncLocalStorage } from 'node:async_hooks';
import { clock } from '../clock.ts';
import type { Guard } from '../guard.ts';

/** A request as it leaves through a tapped `fetch`, before anything of it was sent. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly header: (name: string) => string | null;
  /** The request body where it is text; for a `Request` object it can only be read asynchronously. */
  readonly body: string | undefined;
  readonly readBody: (() => Promise<string>) | undefined;
  readonly signal: AbortSignal | null | undefined;
  readonly startedAt: number;
}

/** One request on the wire that is being watched. */
export interface Exchange {
  /** Sends the request in the context that its spans belong to. */
  readonly send: <Result>(send: () => Result) => Result;
  /** The status line and headers are here: from now on the response is watched. */
  readonly responded: (response: Response) => void;
  readonly failed: (error: unknown) => void;
}

/** Decides which requests are model calls. */
export type OpenExchange = (request: WireRequest) => Exchange | undefined;

type Fetch = typeof globalThis.fetch;
type FetchInput = Parameters<Fetch>[0];

const tapped = new WeakSet<object>();

/** Set while a `fetch` of the application's own runs: a tapped `fetch` inside it is nearer to the wire and takes over. */
const outerTap = new AsyncLocalStorage<{ claimed: boolean }>();

export function isTapped(fetch: unknown): boolean {
  return typeof fetch === 'function' && tapped.has(fetch);
}

/**
 * `fetch`, watched. Everything that is not a model call goes straight through; of a model call the application gets the
 * very same response and the very same errors.
 */
export function tapFetch(original: Fetch, openExchange: OpenExchange, guard: Guard): Fetch {
  const fetch = function (this: unknown, input: FetchInput, init?: RequestInit): Promise<Response> {
    // `arguments` as they came: a host's own `fetch` may look at how many there were.
    const send = (): Promise<Response> => Reflect.apply(original, this, arguments as unknown as Parameters<Fetch>);
    const exchange = guard('wire.request', () => {
      const request = describeRequest(input, init);
      const opened = request && openExchange(request);
      const outer = opened && outerTap.getStore();
      if (outer) outer.claimed = true;
      return opened;
    });
    return exchange === undefined ? send() : watch(exchange.send(send), () => exchange, guard);
  };
  return disguise(fetch, original);
}

/**
 * A `fetch` that an application gave to its client. It may end in a tapped `fetch` of its own accord, once or several
 * times; only where it does not is it watched itself, from what it returned.
 */
export function tapCustomFetch(original: Fetch, openExchange: OpenExchange, guard: Guard): Fetch {
  const fetch = function (this: unknown, input: FetchInput, init?: RequestInit): Promise<Response> {
    const slot = { claimed: false };
    const request = guard('wire.request', () => describeRequest(input, init));
    const args = arguments as unknown as Parameters<Fetch>;
    const sent: unknown = outerTap.run(slot, () => Reflect.apply(original, this, args));
    if (request === undefined || !(sent instanceof Promise)) return sent as Promise<Response>;
    const open = (): Exchange | undefined =>
      slot.claimed ? undefined : guard('wire.request', () => openExchange(request));
    return watch(sent as Promise<Response>, open, guard);
  };
  return disguise(fetch, original);
}

/** Tells the exchange how its request went, and hands on what came of it. */
function watch(sent: Promise<Response>, exchangeOf: () => Exchange | undefined, guard: Guard): Promise<Response> {
  return sent.then(
    (response) => {
      guard('wire.response', () => exchangeOf()?.responded(response));
      return response;
    },
    (error: unknown) => {
      guard('wire.error', () => exchangeOf()?.failed(error));
      throw error;
    },
  );
}

/** Only a POST can be a model call; for anything else not even the URL is parsed. */
function describeRequest(input: FetchInput, init: RequestInit | undefined): WireRequest | undefined {
  const request = isRequest(input) ? input : undefined;
  const method = init?.method ?? request?.method;
  if (method === undefined || method.toUpperCase() !== 'POST') return undefined;
  // What is no URL or no list of headers is for `fetch` itself to refuse.
  const url = URL.parse(urlOf(input));
  const headers = headersOf(init?.headers ?? request?.headers);
  if (url === null || headers === undefined) return undefined;
  const ownBody = init?.body ?? undefined;
  return {
    method: 'POST',
    url,
    header: (name) => headers.get(name),
    body: typeof ownBody === 'string' ? ownBody : undefined,
    readBody: ownBody === undefined && request?.body && !request.bodyUsed ? bodyReader(request) : undefined,
    signal: init?.signal ?? request?.signal,
    startedAt: clock(),
  };
}

/** Copying a header list costs more than reading from it; SDKs pass `Headers`. */
function headersOf(headers: RequestInit['headers']): Headers | undefined {
  try {
    return headers instanceof Headers ? headers : new Headers(headers);
  } catch {
    return undefined;
  }
}

/** The copy has to be made before the request is sent; it is only made where somebody wants to read it. */
function bodyReader(request: Request): () => Promise<string> {
  return () => request.clone().text();
}

function urlOf(input: FetchInput): string {
  if (typeof input === 'string') return input;
  return input instanceof URL ? input.href : input.url;
}

/** undici's own `Request` class is another one than the global one. */
function isRequest(input: FetchInput): input is Request {
  return typeof input === 'object' && 'url' in input && 'clone' in input;
}

function disguise(fetch: Fetch, original: Fetch): Fetch {
  Object.defineProperty(fetch, 'name', { value: original.name, configurable: true });
  Object.defineProperty(fetch, 'length', { value: original.length, configurable: true });
  tapped.add(fetch);
  return fetch;
}
