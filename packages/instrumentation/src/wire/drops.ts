import type { BodyObserver } from './tap-response.ts';

/** Notices when nobody can read a body on, because what it can be read through was collected. */
export interface DropWatch {
  /** From now on the body can be read through this object only: with it goes the last who could have read on. */
  readonly dropsWith: (object: object) => void;
  /** The body was read to its end, or will never be. */
  readonly stop: () => void;
}

/**
 * What the registry holds of a body. A registration lives where only major collections look, and keeps what it holds through
 * every minor one, even after it was taken back: so this is one field, and emptied. With the observer in its place, 66 of the
 * 157 KB that a call allocates outlived a minor collection; now 36 do.
 */
interface Held {
  observer: BodyObserver | undefined;
}

const collected = new FinalizationRegistry<Held>((held) => held.observer?.end({ type: 'dropped' }));

/** The observer must not lead back to an object that it drops with, or that would never be collected. */
export function watchDrop(observer: BodyObserver): DropWatch {
  const held: Held = { observer };
  return {
    dropsWith(object) {
      collected.unregister(held);
      if (held.observer !== undefined) collected.register(object, held, held);
    },
    stop() {
      held.observer = undefined;
      collected.unregister(held);
    },
  };
}
