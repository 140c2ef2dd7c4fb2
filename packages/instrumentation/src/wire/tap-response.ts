/** Sees the bytes of a response body as the application reads them. Must not throw. */
export interface BodyObserver {
  /** The next bytes, before the application gets them. They must be used at once: the buffer is handed on. */
  readonly chunk: (bytes: Uint8Array) => void;
  readonly end: (how: BodyEnd) => void;
}

export type BodyEnd =
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'cancelled' }
  /** The response was garbage-collected before it was read to its end. */
  | { readonly type: 'dropped' };

/** An error body that the application throws away unread is read this far, and no longer than this, to learn the provider's error code. */
const DRAIN_BYTES = 65_536;
const DRAIN_MS = 250;

const { setTimeout, clearTimeout } = globalThis;

const dropped = new FinalizationRegistry<BodyObserver>((observer) => observer.end({ type: 'dropped' }));

/**
 * The same response over a pull-through body: a byte is read from the original only when the application asks for one.
 *
 * Never `clone()` or `tee()` (they buffer, and they hang clients that cancel one branch), never a `TransformStream` (it
 * reads ahead). The reader is taken on first use and the original response stays referenced, so that undici's own
 * clean-up of abandoned responses keeps working.
 */
export function tapResponse(response: Response, observer: BodyObserver): Response {
  const { body } = response;
  if (body === null || response.bodyUsed) return response;

  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const read = (): ReadableStreamDefaultReader<Uint8Array> => (reader ??= response.body!.getReader());

  const stream = new ReadableStream(
    {
      type: 'bytes',
      pull(controller): Promise<void> {
        return read()
          .read()
          .then(
            ({ done, value }) => {
              if (done) {
                observer.end({ type: 'done' });
                controller.close();
                answerPendingByobRead(controller);
                return;
              }
              observer.chunk(value);
              controller.enqueue(value as Uint8Array<ArrayBuffer>);
            },
            (error: unknown) => {
              observer.end({ type: 'failed', error });
              throw error;
            },
          );
      },
      cancel(reason: unknown): Promise<void> | undefined {
        if (response.status < 400) {
          observer.end({ type: 'cancelled' });
          return read().cancel(reason);
        }
        void drain(read(), reason, observer);
        return undefined;
      },
    },
    { highWaterMark: 0 },
  );
  dropped.register(stream, observer);
  return imitate(response, stream);
}

/** The specification wants a pending BYOB read to be answered with zero bytes when the stream closes. */
function answerPendingByobRead({ byobRequest }: ReadableByteStreamController): void {
  (byobRequest as { respond: (bytesWritten: number) => void } | null | undefined)?.respond(0);
}

/** Reads a bounded rest of an error body in the background, after the application has let go of it. */
async function drain(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  reason: unknown,
  observer: BodyObserver,
): Promise<void> {
  const timer = setTimeout(() => void reader.cancel(reason).catch(() => undefined), DRAIN_MS);
  timer.unref();
  try {
    for (let size = 0; size < DRAIN_BYTES; ) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      observer.chunk(value);
    }
    await reader.cancel(reason);
  } catch {
    // The connection failed after the application had stopped caring; what was read so far has to do.
  } finally {
    clearTimeout(timer);
    observer.end({ type: 'done' });
  }
}

/** A `Response` of the same class that differs from the original in nothing that an application can see. */
function imitate(original: Response, body: ReadableStream): Response {
  const ResponseClass = original.constructor as typeof Response;
  const { status, statusText, headers, url, redirected, type } = original;
  const imitation = new ResponseClass(body, { status, statusText, headers });
  return present(imitation, { headers, url, redirected, type });
}

type Presented = Pick<Response, 'headers' | 'url' | 'redirected' | 'type'>;

function present(response: Response, presented: Presented): Response {
  const { clone } = response;
  const properties: PropertyDescriptorMap = {
    clone: { value: () => present(clone.call(response), { ...presented, headers: new Headers(presented.headers) }) },
  };
  for (const [name, value] of Object.entries(presented)) properties[name] = { value };
  for (const descriptor of Object.values(properties)) descriptor.configurable = true;
  return Object.defineProperties(response, properties);
}
