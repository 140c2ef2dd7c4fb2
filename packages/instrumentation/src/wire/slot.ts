/** Something of ours kept with an object of somebody else's. */
export interface Slot<Value> {
  readonly get: (object: object) => Value | undefined;
  readonly set: (object: object, value: Value) => void;
}

/** A constructor that returns what it is given: a class that extends it adds its private field to that. */
const Given = function (object: object): object {
  return object;
} as unknown as new (object: object) => object;

/**
 * A slot that nobody else can see, a private field added to the object. A `WeakMap` does the same, but what it holds
 * outlives every minor garbage collection.
 */
export function createSlot<Value>(): Slot<Value> {
  class Stamped extends Given {
    #value: Value;

    constructor(object: object, value: Value) {
      super(object);
      this.#value = value;
    }

    static get(object: object): Value | undefined {
      return #value in object ? object.#value : undefined;
    }

    static set(object: object, value: Value): void {
      if (#value in object) object.#value = value;
      else void new Stamped(object, value);
    }
  }
  return Stamped;
}
