import type { DropWatch } from './drops.ts';
import { createSlot } from './slot.ts';
import { tapBody } from './tap-body.ts';
import type { BodyEnd, BodyObserver } from './tap-response.ts';

type Body = ReadableStream<Uint8Array>;
type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Result = Awaited<ReturnType<Reader['read']>>;
type Iterator = ReturnType<Body['values']>;

interface Watch {
  readonly observer: BodyObserver;
  readonly drop: DropWatch;
  /** Held by nobody but the application: as long as the connection is open, what the body leads to is not collected. */
  readonly response: WeakRef<Response>;
  over: boolean;
  /** Does the work of the body from the moment that it is read in a way that cannot be watched in place. */
  standIn: Body | undefined;
}

const watches = createSlot<Watch>();
const prototypes = new WeakMap<object, Body>();

/**
 * Watches a body where it is: the application keeps the very stream, and a read through a reader or an iterator costs it
 * one more promise. Piping, `tee()` and BYOB readers go through a stream of ours (`tap-body.ts`), which takes the body over.
 * See docs/adr/0004-bodies-are-watched-in-place.md.
 */
export function tapStream(body: Body, response: Response, observer: BodyObserver, drop: DropWatch): void {
  if (watches.get(body) !== undefined) return;
  watches.set(body, { observer, drop, response: new WeakRef(response), over: false, standIn: undefined });
  Object.setPrototypeOf(body, tappedPrototype(Object.getPrototypeOf(body) as Body));
}

/** The stream to read a body through that may be watched already. Locks the body; `undefined` where somebody else did. */
export function standInOf(body: Body): Body | undefined {
  const watch = watches.get(body);
  if (watch === undefined) return undefined;
  if (watch.standIn === undefined && !body.locked) {
    const native = Object.getPrototypeOf(Object.getPrototypeOf(body)) as Body;
    const reader = native.getReader.call(body) as Reader;
    watch.standIn = tapBody(() => reader, watch.observer, watch.drop);
  }
  return watch.standIn;
}

/** One prototype for each class of streams. */
function tappedPrototype(native: Body): Body {
  let tapped = prototypes.get(native);
  if (tapped === undefined) {
    tapped = Object.create(native, describeReaders(native)) as Body;
    prototypes.set(native, tapped);
  }
  return tapped;
}

function describeReaders(native: Body): PropertyDescriptorMap {
  /** What the body itself would have done, done by its stand-in; by the body where it has none, to refuse it. */
  const viaStandIn = <Name extends 'pipeThrough' | 'pipeTo' | 'tee'>(name: Name): Body[Name] =>
    function (this: Body, ...args: unknown[]) {
      return Reflect.apply(native[name], standInOf(this) ?? this, args);
    } as Body[Name];
  function values(this: Body, ...args: Parameters<Body['values']>): Iterator {
    const watch = watches.get(this);
    const iterator = native.values.apply(watch?.standIn ?? this, args);
    if (watch === undefined || watch.standIn !== undefined) return iterator;
    return watchIterator(iterator, watch, args[0]?.preventCancel ? this : undefined);
  }
  const methods = {
    cancel(this: Body, reason?: unknown): Promise<void> {
      const watch = watches.get(this);
      // undici cancels the body of a response that was collected unread, which is noticed here by itself.
      const isHeld = watch?.response.deref() !== undefined;
      if (isHeld && watch.standIn === undefined && !this.locked) finish(watch, { type: 'cancelled' });
      return native.cancel.call(watch?.standIn ?? this, reason);
    },
    getReader(this: Body, ...args: [{ readonly mode?: unknown }?]): unknown {
      const watch = watches.get(this);
      const ofBytes = args[0]?.mode !== undefined;
      const reader: unknown = Reflect.apply(
        native.getReader,
        (ofBytes ? standInOf(this) : watch?.standIn) ?? this,
        args,
      );
      if (watch === undefined || watch.standIn !== undefined) return reader;
      return watchReader(reader as Reader, watch, this);
    },
    pipeThrough: viaStandIn('pipeThrough'),
    pipeTo: viaStandIn('pipeTo'),
    tee: viaStandIn('tee'),
    values,
  };
  const descriptors: PropertyDescriptorMap = {
    locked: {
      get(this: Body) {
        return Reflect.get(native, 'locked', watches.get(this)?.standIn ?? this);
      },
      configurable: true,
      enumerable: true,
    },
    [Symbol.asyncIterator]: { value: values, configurable: true, writable: true },
  };
  for (const [name, value] of Object.entries(methods)) {
    if (name in native) descriptors[name] = { value, configurable: true, enumerable: true, writable: true };
  }
  return descriptors;
}

/**
 * A copy of the reader that shares its state, so that it passes for one wherever it is checked. The reader itself would
 * not do: the body leads to it, so it would not be collected while a connection is open.
 */
function watchReader(reader: Reader, watch: Watch, body: Body): Reader {
  const reading = watchReads(() => reader.read(), watch);
  const method = (value: unknown): PropertyDescriptor => ({ value, configurable: true, writable: true });
  const copy = Object.create(Object.getPrototypeOf(reader) as object, {
    ...Object.getOwnPropertyDescriptors(reader),
    read: method(reading.read),
    cancel: method((reason?: unknown) => {
      if (!reading.released()) finish(watch, { type: 'cancelled' });
      return reader.cancel(reason);
    }),
    releaseLock: method(() => {
      reader.releaseLock();
      reading.release();
      if (!watch.over) watch.drop.dropsWith(body);
    }),
    closed: { get: () => reader.closed, configurable: true },
  }) as Reader;
  watch.drop.dropsWith(copy);
  return copy;
}

/** `kept` is the body where it can be read on after the iterator. */
function watchIterator(iterator: Iterator, watch: Watch, kept: Body | undefined): Iterator {
  const reading = watchReads(() => iterator.next() as Promise<Result>, watch);
  const watched = Object.assign(Object.create(Object.getPrototypeOf(iterator) as object), {
    next: reading.read,
    return(value?: unknown) {
      reading.release();
      if (kept === undefined) finish(watch, { type: 'cancelled' });
      else if (!watch.over) watch.drop.dropsWith(kept);
      return iterator.return?.(value as never);
    },
    [Symbol.asyncIterator]() {
      return this as unknown;
    },
  }) as Iterator;
  watch.drop.dropsWith(watched);
  return watched;
}

interface WatchedReads {
  /** The promise is the chained one: a handler on the other would hide a rejection that nobody handles. */
  readonly read: () => Promise<Result>;
  /** What is read from now on says nothing about the body. */
  readonly release: () => void;
  readonly released: () => boolean;
}

function watchReads(read: () => Promise<Result>, watch: Watch): WatchedReads {
  let released = false;
  const seen = (result: Result): Result => {
    if (!result.done) watch.observer.chunk(result.value);
    else if (!released) finish(watch, { type: 'done' });
    return result;
  };
  const failed = (error: unknown): never => {
    if (!released) finish(watch, { type: 'failed', error });
    throw error;
  };
  return {
    read: () => read().then(seen, failed),
    release: () => void (released = true),
    released: () => released,
  };
}

function finish(watch: Watch, how: BodyEnd): void {
  if (watch.over) return;
  watch.over = true;
  watch.drop.stop();
  watch.observer.end(how);
}
