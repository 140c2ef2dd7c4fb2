export type Method = (this: object, ...args: unknown[]) => unknown;
export type Wrappers = Readonly<Record<string, (original: Method) => Method>>;

const PATCHED: unique symbol = Symbol('brownout.patched');

/**
 * Wraps methods of a class once, inherited ones on the class itself. Returns `false`, and changes nothing, where one of
 * the `needed` names is no method of it.
 */
export function wrapMethods(type: unknown, needed: readonly string[], wrappers: Wrappers): boolean {
  if (typeof type !== 'function') return false;
  const prototype = type.prototype as Record<PropertyKey, Method | undefined> | undefined;
  if (prototype === undefined || !needed.every((name) => typeof prototype[name] === 'function')) return false;
  if (Object.hasOwn(prototype, PATCHED)) return true;
  for (const [name, wrap] of Object.entries(wrappers)) {
    const original = prototype[name];
    if (original === undefined) continue;
    const wrapper = wrap(original);
    Object.defineProperty(wrapper, 'name', { value: original.name, configurable: true });
    Object.defineProperty(wrapper, 'length', { value: original.length, configurable: true });
    Object.defineProperty(prototype, name, { value: wrapper, configurable: true, writable: true, enumerable: false });
  }
  Object.defineProperty(prototype, PATCHED, { value: true });
  return true;
}
