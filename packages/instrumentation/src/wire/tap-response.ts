import { watchDrop } from './drops.ts';
import type { DropWatch } from './drops.ts';
import { createSlot } from './slot.ts';
import { tapBody } from './tap-body.ts';
import { standInOf, tapStream } from './tap-stream.ts';

/** Sees a response body as the application reads it. Must not throw. */
export interface BodyObserver {
  /** The next bytes, before the application gets them. They must be used at once: the buffer is handed on. */
  readonly chunk: (bytes: Uint8Array) => void;
  /** The whole body at once, where the application asked for it as text or as JSON. Only to be looked at. */
  readonly whole: (body: WholeBody) => void;
  readonly end: (how: BodyEnd) => void;
}

export type WholeBody =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'json'; readonly value: unknown };

export type BodyEnd =
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'cancelled' }
  /** The response was garbage-collected before it was read to its end. */
  | { readonly type: 'dropped' }
  /** The application reads the body in a way that cannot be followed. */
  | { readonly type: 'unseen' };

/** A response that is not yet read, or read as a stream. */
interface Tap {
  readonly observer: BodyObserver;
  readonly drop: DropWatch;
  /** Reads the body in place of the response, where that cannot be watched itself. */
  standIn: Response | undefined;
  /** The application has the body, and may read it there. */
  shown: boolean;
}

/** Of responses whose reading is still ours to watch. */
const taps = createSlot<Tap | undefined>();
const prototypes = new WeakMap<object, object>();
/**
 * Watches how a response is read. The application keeps the very response that `fetch` gave it; only the readers of its
 * body are ours, by way of its prototype. `text()` and `json()` cost one callback; whoever asks for the stream gets the
 * very stream too, watched in the same manner (`tap-stream.ts`). See docs/adr/0002-tap-in-place.md.
 *
 * Returns `false` where there is no body to watch.
 */
export function tapResponse(response: Response, observer: BodyObserver): boolean {
  if (response.body === null || response.bodyUsed) return false;
  if (READERS.some((name) => Object.hasOwn(response, name))) {
    // A response in the manner of some polyfills, whose readers are not its prototype's.
    observer.end({ type: 'unseen' });
    return true;
  }
  const drop = watchDrop(observer);
  taps.set(response, { observer, drop, standIn: undefined, shown: false });
  drop.dropsWith(response);
  Object.setPrototypeOf(response, tappedPrototype(Object.getPrototypeOf(response) as Response));
  return true;
}

const READERS = ['body', 'text', 'json'] as const;

/** One prototype for each class of responses: the global one, undici's own, those of other libraries. */
function tappedPrototype(native: Response): object {
  let tapped = prototypes.get(native);
  if (tapped === undefined) {
    tapped = Object.create(native, describeReaders(native)) as object;
    prototypes.set(native, tapped);
  }
  return tapped;
}

function describeReaders(native: Response): PropertyDescriptorMap {
  const getter = (name: 'body' | 'bodyUsed'): ((this: Response) => unknown) => {
    return function (this: Response) {
      const tap = taps.get(this);
      if (tap?.standIn !== undefined && !tap.shown) return Reflect.get(native, name, tap.standIn);
      return name === 'body' && tap !== undefined ? show(this, tap, native) : Reflect.get(native, name, this);
    };
  };
  const viaStandIn = (name: 'arrayBuffer' | 'blob' | 'bytes' | 'clone' | 'formData') => {
    const original = native[name] as (() => unknown) | undefined;
    return function (this: Response): unknown {
      const standIn = standInFor(this, native);
      if (standIn === undefined) return original?.call(this);
      if (name !== 'clone') return original?.call(standIn);
      // The body that was shown is locked by the copying, and the response has another one.
      const tap = taps.get(this);
      if (tap !== undefined) tap.shown = false;
      return present(standIn.clone(), this);
    };
  };
  const whole = (name: 'text' | 'json') => {
    const original: () => Promise<unknown> = native[name];
    return function (this: Response): Promise<unknown> {
      const tap = taps.get(this);
      if (tap === undefined) return original.call(this);
      if (tap.shown || tap.standIn !== undefined) return original.call(standInFor(this, native) ?? this);
      tap.drop.stop();
      // From here on the response is the platform's alone.
      taps.set(this, undefined);
      return observeWhole(original.call(this), name, tap.observer);
    };
  };
  const methods = {
    text: whole('text'),
    json: whole('json'),
    arrayBuffer: viaStandIn('arrayBuffer'),
    blob: viaStandIn('blob'),
    bytes: viaStandIn('bytes'),
    clone: viaStandIn('clone'),
    formData: viaStandIn('formData'),
  };
  const descriptors: PropertyDescriptorMap = {
    body: { get: getter('body'), configurable: true, enumerable: true },
    bodyUsed: { get: getter('bodyUsed'), configurable: true, enumerable: true },
  };
  for (const [name, value] of Object.entries(methods)) {
    if (!(name in native)) continue;
    Object.defineProperty(value, 'name', { value: name, configurable: true });
    descriptors[name] = { value, configurable: true, enumerable: true, writable: true };
  }
  return descriptors;
}

function observeWhole(read: Promise<unknown>, as: 'text' | 'json', observer: BodyObserver): Promise<unknown> {
  return read.then(
    (value) => {
      observer.whole(as === 'json' ? { type: 'json', value } : { type: 'text', text: String(value) });
      return value;
    },
    (error: unknown) => {
      // The body came whole and was no JSON; its text is gone, but that is all there is to say about it.
      if (error instanceof SyntaxError) observer.whole({ type: 'text', text: NO_JSON });
      else observer.end({ type: 'failed', error });
      throw error;
    },
  );
}

const NO_JSON = '(not JSON)';

/** The body for the application to read. That of an error may be thrown away unread, which only a stand-in can help. */
function show(response: Response, tap: Tap, native: Response): unknown {
  const body = Reflect.get(native, 'body', response) as ReadableStream<Uint8Array>;
  if (typeof body.getReader === 'function') {
    if (response.status >= 400) return standInFor(response, native)?.body;
    tap.shown = true;
    tapStream(body, response, tap.observer, tap.drop);
  } else {
    // Not a web stream: what the application does with it is between the two of them.
    leave(response, tap);
  }
  return body;
}

function leave(response: Response, tap: Tap): void {
  tap.drop.stop();
  tap.observer.end({ type: 'unseen' });
  taps.set(response, undefined);
}

/** `undefined` where the response is not watched, or its body is read by somebody: both are the response's own business. */
function standInFor(response: Response, native: Response): Response | undefined {
  const tap = taps.get(response);
  if (tap === undefined || tap.standIn !== undefined) return tap?.standIn;
  const body = Reflect.get(native, 'body', response) as ReadableStream<Uint8Array>;
  if (typeof body.getReader !== 'function') {
    leave(response, tap);
    return undefined;
  }
  if (body.locked || response.bodyUsed) return undefined;
  const stream = tap.shown ? standInOf(body) : tapBody(() => body.getReader(), tap.observer, tap.drop, response);
  if (stream === undefined) return undefined;
  // `blob()` and `formData()` look into the response for this header.
  const contentType = response.headers.get('content-type');
  const ResponseClass = response.constructor as typeof Response;
  tap.standIn = new ResponseClass(stream, {
    status: response.status,
    ...(contentType !== null && { headers: { 'content-type': contentType } }),
  });
  return tap.standIn;
}

/** A clone of the stand-in that shows everything else of the original. */
function present(clone: Response, { status, statusText, headers, url, redirected, type }: Response): Response {
  const shown = { status, statusText, headers: new Headers(headers), url, redirected, type };
  for (const [name, value] of Object.entries(shown)) {
    Object.defineProperty(clone, name, { value, configurable: true });
  }
  return clone;
}
