import type { DropWatch } from './drops.ts';
import type { BodyObserver } from './tap-response.ts';

/** An error body that the application throws away unread is read this far, and no longer than this, to learn the provider's error code. */
const DRAIN_BYTES = 65_536;
const DRAIN_MS = 250;

// Taken when the module loads, so that an application's fake timers never hold up ours.
const { setTimeout, clearTimeout } = globalThis;

/**
 * A pull-through body: a byte is read from the original only when the application asks for one.
 *
 * Never `clone()` or `tee()` (they buffer, and they hang clients that cancel one branch), never a `TransformStream` (it
 * reads ahead). The reader is taken on first use and the response stays referenced, so that undici's own clean-up of
 * abandoned responses keeps working. Where no response is given, its body is read by somebody already.
 */
export function tapBody(
  takeReader: () => ReadableStreamDefaultReader<Uint8Array>,
  observer: BodyObserver,
  drop: DropWatch,
  response?: Response,
): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const read = (): ReadableStreamDefaultReader<Uint8Array> => (reader ??= takeReader());

  const stream = new ReadableStream(
    {
      type: 'bytes',
      pull(controller): Promise<void> {
        return read()
          .read()
          .then(
            ({ done, value }) => {
              if (done) {
                drop.stop();
                observer.end({ type: 'done' });
                controller.close();
                answerPendingByobRead(controller);
                return;
              }
              observer.chunk(value);
              controller.enqueue(value);
            },
            (error: unknown) => {
              drop.stop();
              observer.end({ type: 'failed', error });
              throw error;
            },
          );
      },
      cancel(reason: unknown): Promise<void> | undefined {
        drop.stop();
        if (response === undefined || response.status < 400) {
          observer.end({ type: 'cancelled' });
          return read().cancel(reason);
        }
        void drain(read(), reason, observer);
        return undefined;
      },
    },
    { highWaterMark: 0 },
  );
  drop.dropsWith(stream);
  return stream;
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
    for (let size = 0; size < DRAIN_BYTES;) {
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
