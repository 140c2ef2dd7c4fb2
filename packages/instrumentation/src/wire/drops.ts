import type { BodyObserver } from './tap-response.ts';

/**
 * Of bodies that are not read to their end yet. What is registered survives every minor garbage collection, and so does
 * all that it leads to; an observer must not lead back to what it is registered for, or neither would ever be collected.
 */
const collected = new FinalizationRegistry<BodyObserver>((observer) => observer.end({ type: 'dropped' }));

/** From now on the body can be read through this object only: with it goes the last who could have read on. */
export function dropsWith(object: object, observer: BodyObserver): void {
  collected.unregister(observer);
  collected.register(object, observer, observer);
}

export function noLongerDrops(observer: BodyObserver): void {
  collected.unregister(observer);
}
