import { tapBody } from './tap-body.ts';

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
  /** Stands in for the body from the moment that the application asks for the stream itself. */
  standIn: Response | undefined;
}

const taps = new WeakMap<Response, Tap>();
const prototypes = new WeakMap<object, object>();
/**
 * Of responses that nobody has begun to read: what is registered survives every minor garbage collection. An observer must
 * not lead back to its response, or neither would ever be collected.
 */
const collected = new FinalizationRegistry<BodyObserver>((observer) => observer.end({ type: 'dropped' }));

/**
 * Watches how a response is read. The application keeps the very response that `fetch` gave it; only the readers of its
 * body are ours, by way of its prototype. `text()` and `json()` cost one callback; whoever asks for the stream gets one
 * that is read through ours (`tap-body.ts`). See docs/adr/0002-tap-in-place.md.
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
  taps.set(response, { observer, standIn: undefined });
  collected.register(response, observer, observer);
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
      return tap === undefined || (name === 'bodyUsed' && tap.standIn === undefined)
        ? Reflect.get(native, name, this)
        : Reflect.get(standInFor(this, tap, native), name);
    };
  };
  const viaStandIn = (name: 'arrayBuffer' | 'blob' | 'bytes' | 'clone' | 'formData') => {
    const original = native[name] as (() => unknown) | undefined;
    return function (this: Response): unknown {
      const tap = taps.get(this);
      if (tap === undefined || original === undefined) return original?.call(this);
      const standIn = standInFor(this, tap, native);
      return name === 'clone' ? present(standIn.clone(), this) : original.call(standIn);
    };
  };
  const whole = (name: 'text' | 'json') => {
    const original: () => Promise<unknown> = native[name];
    return function (this: Response): Promise<unknown> {
      const tap = taps.get(this);
      if (tap === undefined) return original.call(this);
      if (tap.standIn !== undefined) return original.call(tap.standIn);
      collected.unregister(tap.observer);
      // From here on the response is the platform's alone.
      taps.delete(this);
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

function standInFor(response: Response, tap: Tap, native: Response): Response {
  if (tap.standIn !== undefined) return tap.standIn;
  const body = Reflect.get(native, 'body', response) as ReadableStream<Uint8Array>;
  collected.unregister(tap.observer);
  if (typeof body.getReader !== 'function') {
    // Not a web stream: what the application does with it is between the two of them.
    tap.observer.end({ type: 'unseen' });
    taps.delete(response);
    return response;
  }
  // `blob()` and `formData()` look into the response for this header.
  const contentType = response.headers.get('content-type');
  const ResponseClass = response.constructor as typeof Response;
  tap.standIn = new ResponseClass(tapBody(response, body, tap.observer), {
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
