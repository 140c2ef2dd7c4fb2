import * as v from 'valibot';
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Vendor } from '../vendors.ts';
import { CONFIG, KEYS, VENDOR_KEYS } from './config-schema.ts';
import { type Problem, type Settings, settingsOf } from './settings.ts';

/** The settings, or every mistake with its file, line and column: a poller of half of what was asked for is none. */
export type ConfigReading =
  | { readonly kind: 'read'; readonly settings: Settings }
  | { readonly kind: 'wrong'; readonly mistakes: readonly string[] };

/** Reads the text of a config file, YAML or JSON, which is YAML. `known` are the vendors that it may name or change. */
export function readConfig(file: string, text: string, known: readonly Vendor[]): ConfigReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    return {
      kind: 'wrong',
      mistakes: document.errors.map(({ message, pos }) => `${at(pos[0])} ${firstLine(message)}`),
    };
  }
  const wrong = (problems: readonly Problem[]): ConfigReading => ({
    kind: 'wrong',
    mistakes: problems
      .map(({ path, atKey = false, text: problem }) => ({
        offset: offsetOf(document, path, atKey),
        name: path.join('.'),
        problem,
      }))
      .toSorted((one, other) => one.offset - other.offset)
      .map(({ offset, name, problem }) => `${at(offset)} ${name === '' ? '' : `${name}: `}${problem}`),
  });
  if (document.contents !== null && !isMap(document.contents)) {
    return wrong([{ path: [], text: 'it is not a map of keys and values' }]);
  }
  const parsed = v.safeParse(CONFIG, document.toJS() ?? {});
  if (!parsed.success) return wrong(parsed.issues.map(problemOf));
  const result = settingsOf(parsed.output, known);
  return result.kind === 'settings' ? { kind: 'read', settings: result.settings } : wrong(result.problems);
}

function problemOf(issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const isUnknownKey = issue.type === 'strict_object' && issue.expected === 'never';
  if (isUnknownKey) {
    const known = path[0] === 'vendors' ? VENDOR_KEYS : KEYS;
    return { path, atKey: true, text: `there is no such key; there are ${known.join(', ')}` };
  }
  const isKey = issue.path?.at(-1)?.origin === 'key';
  return { path, atKey: isKey, text: isKey ? issue.message : `${quote(issue.input)}: ${issue.message}` };
}

/** Where a value, or its key, stands in the text; the nearest place above it that is there. */
function offsetOf(document: Document, path: Problem['path'], atKey: boolean): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const [index, key] of path.entries()) {
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) return offset;
      offset = startOf(isLast && !atKey && pair.value !== null ? pair.value : pair.key, offset);
      node = pair.value;
    } else if (isSeq(node) && typeof key === 'number') {
      node = node.items[key];
      offset = startOf(node, offset);
    }
  }
  return offset;
}

const startOf = (node: unknown, otherwise: number): number => (node as Node | undefined)?.range?.[0] ?? otherwise;

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;

/** The value as it stands in the file, but never more than a line's worth of it. */
function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
