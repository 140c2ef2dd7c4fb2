import { clock } from '../clock.ts';
import type { Guard } from '../guard.ts';
import { currentScope, enteredScope, runInScope } from './async-scope.ts';
import { callFrames } from './call-frame.ts';
import type { CallFrame } from './call-frame.ts';

/**
 * Call boundaries of the SDKs that Stainless generates (openai 4 to 7, @anthropic-ai/sdk 0.51 to 1.x): all of their
 * resources, helpers and subclasses go through these methods of one client class.
 *
 * The promise of `makeRequest`, which the application ends up with, is returned as it is and not observed at all: a
 * handler on it would hide an unhandled rejection. What is observed are promises that the SDK awaits itself.
 */
export interface StainlessLink {
  /** Wraps the client class; `false` where its shape is not the one known. */
  readonly patch: (clientClass: unknown) => boolean;
}

export interface StainlessHost {
  readonly guard: Guard;
  readonly isEnabled: () => boolean;
  /** A request failed on the client's side before anything was sent. */
  readonly failedBeforeWire: (frame: CallFrame, client: unknown) => void;
  /** A `fetch` of the application's own, tapped; `undefined` where it needs no tap. */
  readonly tapCustomFetch: (fetch: unknown) => unknown;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Prototype = Record<string, Method | undefined>;

const PATCHED: unique symbol = Symbol('brownout.patched');

export function createStainlessLink(sdk: string, vendor: string, host: StainlessHost): StainlessLink {
  const { guard } = host;

  /** A retry runs inside its call's context, whatever options it is made with. */
  function frameFor(retryOf: unknown): CallFrame {
    const frame = retryOf === undefined ? undefined : callFrames.getStore();
    return frame ?? { sdk, vendor, startedAt: clock(), scope: enteredScope(), options: undefined, open: undefined };
  }

  const wrappers: Readonly<Record<string, (original: Method) => Method>> = {
    request: (original) =>
      function request(this: unknown, ...args) {
        const scope = host.isEnabled() ? guard('link.request', currentScope) : undefined;
        return scope === undefined ? original.apply(this, args) : runInScope(scope, () => original.apply(this, args));
      },
    makeRequest: (original) =>
      function makeRequest(this: unknown, options, retriesRemaining, retryOf, ...rest) {
        const frame = host.isEnabled() ? guard('link.makeRequest', () => frameFor(retryOf)) : undefined;
        if (frame === undefined) return original.call(this, options, retriesRemaining, retryOf, ...rest);
        return callFrames.run(frame, () => original.call(this, options, retriesRemaining, retryOf, ...rest));
      },
    buildRequest: (original) =>
      function buildRequest(this: unknown, options, ...rest) {
        const frame = callFrames.getStore();
        if (frame === undefined || frame.sdk !== sdk) return original.call(this, options, ...rest);
        if (isObject(options)) frame.options = options;
        const failed = (): void => {
          guard('link.buildRequest', () => {
            if (frame.open === undefined) host.failedBeforeWire(frame, this);
            else frame.open.giveUp();
          });
        };
        try {
          const built = original.call(this, options, ...rest);
          return built instanceof Promise ? observeRejection(built, failed) : built;
        } catch (error) {
          failed();
          throw error;
        }
      },
    retryRequest: (original) =>
      function retryRequest(this: unknown, options, ...rest) {
        const frame = callFrames.getStore();
        guard('link.retryRequest', () => frame?.open?.expectRetry());
        const retried = original.call(this, options, ...rest);
        return frame && retried instanceof Promise
          ? observeRejection(retried, () => {
              guard('link.retryRequest', () => frame.open?.giveUp());
            })
          : retried;
      },
    fetchWithTimeout: (original) =>
      function fetchWithTimeout(this: unknown, ...args) {
        const client = this as { fetch?: unknown };
        const own = client.fetch;
        const tapped = callFrames.getStore() && guard('link.fetch', () => host.tapCustomFetch(own));
        if (tapped === undefined) return original.apply(this, args);
        // The SDK reads the field before its first await, so the application never sees another function in it.
        client.fetch = tapped;
        try {
          return original.apply(this, args);
        } finally {
          client.fetch = own;
        }
      },
  };

  return {
    patch(clientClass) {
      const prototype = prototypeWith(clientClass, 'makeRequest');
      if (prototype === undefined || Object.hasOwn(prototype, PATCHED)) return prototype !== undefined;
      const methods = Object.entries(wrappers);
      if (!methods.every(([name]) => typeof prototype[name] === 'function')) return false;
      for (const [name, wrap] of methods) replace(prototype, name, wrap);
      Object.defineProperty(prototype, PATCHED, { value: true });
      return true;
    },
  };
}

/**
 * A promise that the SDK awaits inside an async function of its own, so that the application never sees which it is. It
 * is passed through and not merely listened to: with a second handler on the promise V8 ends an error's stack there, and
 * the application's own functions would be missing from it.
 */
function observeRejection(promise: Promise<unknown>, observe: () => void): Promise<unknown> {
  return promise.catch((error: unknown) => {
    observe();
    throw error;
  });
}

function replace(prototype: Prototype, name: string, wrap: (original: Method) => Method): void {
  const original = prototype[name];
  if (original === undefined) return;
  const wrapper = wrap(original);
  Object.defineProperty(wrapper, 'name', { value: original.name, configurable: true });
  Object.defineProperty(wrapper, 'length', { value: original.length, configurable: true });
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  Object.defineProperty(prototype, name, { configurable: true, writable: true, ...descriptor, value: wrapper });
}

/** The prototype, of the class or of one it extends, that has the method itself. */
function prototypeWith(clientClass: unknown, method: string): Prototype | undefined {
  let prototype: unknown = typeof clientClass === 'function' ? clientClass.prototype : undefined;
  while (isObject(prototype)) {
    if (Object.hasOwn(prototype, method)) return prototype as Prototype;
    prototype = Object.getPrototypeOf(prototype);
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
