import type { SchemaNode, SchemaReader } from './compile-schema.ts';
import { JSON_TYPE } from './json-type.ts';
import type { JsonType } from './json-type.ts';

/** Follows one JSON text along its schema, token by token. It is shown tokens of well-formed JSON only. */
export interface SchemaWalker {
  /** A key or a value; `hash` is that of its characters, or `NaN` where they were not read as they stand (escapes). */
  string(hash: number): void;
  /** A number, `true`, `false` or `null`. */
  plain(type: JsonType): void;
  open(type: typeof JSON_TYPE.object | typeof JSON_TYPE.array): void;
  close(): void;
  /** True once a demand of the schema is broken; it never goes back. */
  readonly violated: boolean;
}

/** An open object or array. */
interface Frame {
  object: SchemaNode['object'];
  items: unknown;
  isObject: boolean;
  expectsKey: boolean;
  /** Bits of the required keys that came. */
  seen: number;
  /** The schema of the value that is to come, in an object. */
  next: unknown;
}

/** Memory: one frame for each level of nesting, which the reader of the JSON bounds. */
export function createSchemaWalker(read: SchemaReader, root: unknown): SchemaWalker {
  const frames: Frame[] = [];
  let violated = false;

  const top = (): Frame | undefined => frames.at(-1);

  function demandsOfNext(): SchemaNode {
    const frame = top();
    if (frame === undefined) return read(root);
    return read(frame.isObject ? frame.next : frame.items);
  }

  function value(type: JsonType): SchemaNode {
    const node = demandsOfNext();
    if ((node.types & type) === 0) violated = true;
    const frame = top();
    if (frame?.isObject) frame.expectsKey = true;
    return node;
  }

  function key(frame: Frame, hash: number): void {
    frame.expectsKey = false;
    frame.next = undefined;
    if (frame.object === undefined) return;
    if (Number.isNaN(hash)) {
      // It may be any of the keys: which ones are missing cannot be told any more.
      frame.seen = -1;
      return;
    }
    const known = frame.object.keys.get(hash);
    if (known === undefined) {
      if (frame.object.closed) violated = true;
      frame.next = frame.object.others;
      return;
    }
    frame.seen |= known.required;
    frame.next = known.schema;
  }

  return {
    string(hash) {
      const frame = top();
      if (frame?.isObject && frame.expectsKey) return key(frame, hash);
      const { words } = value(JSON_TYPE.string);
      if (words !== undefined && !Number.isNaN(hash) && !words.has(hash)) violated = true;
    },
    plain(type) {
      value(type);
    },
    open(type) {
      const node = value(type);
      const isObject = type === JSON_TYPE.object;
      frames.push({
        object: isObject ? node.object : undefined,
        items: isObject ? undefined : node.items,
        isObject,
        expectsKey: isObject,
        seen: 0,
        next: undefined,
      });
    },
    close() {
      const frame = frames.pop();
      if (frame?.object === undefined) return;
      const { allRequired } = frame.object;
      if ((frame.seen & allRequired) !== allRequired) violated = true;
    },
    get violated() {
      return violated;
    },
  };
}
