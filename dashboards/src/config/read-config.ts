import { closest } from 'fastest-levenshtein';
import * as v from 'valibot';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { type Config, CONFIG_SCHEMA, knownKeys } from './schema.ts';

export type ReadConfig =
  | { readonly kind: 'config'; readonly config: Config }
  /** One line for each mistake: file, line, key, what is wrong. */
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] };

/** What is generated where nobody says otherwise. */
export const DEFAULT_CONFIG = v.parse(CONFIG_SCHEMA, {}) as Config;

/** Reads a configuration file; nothing of it is used where anything in it is wrong. */
export function readConfig(text: string, file: string): ReadConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) {
    const mistakes = document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`);
    return { kind: 'mistakes', mistakes };
  }
  const content: unknown = document.toJS() ?? {};
  if (Array.isArray(content))
    return { kind: 'mistakes', mistakes: [`${at(0)}: a list is not a map of keys and values.`] };
  const parsed = v.safeParse(CONFIG_SCHEMA, content);
  if (parsed.success) return { kind: 'config', config: parsed.output as Config };
  const mistakes = parsed.issues.map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => String(key));
    const offset = offsetOf(document, path);
    const where = `${at(offset)}: ${path.length === 0 ? '' : `${path.join('.')}: `}`;
    return { offset, mistake: `${where}${complaintOf(issue, path)}.` };
  });
  return {
    kind: 'mistakes',
    mistakes: mistakes.toSorted((one, other) => one.offset - other.offset).map(({ mistake }) => mistake),
  };
}

function complaintOf(issue: v.BaseIssue<unknown>, path: readonly string[]): string {
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return `there is no such key; closest is ${closest(path.at(-1) ?? '', [...knownKeys(path.slice(0, -1))])}`;
  if (issue.expected === 'Object') return `${JSON.stringify(issue.input)} is not a map of keys and values`;
  return `${JSON.stringify(issue.input)} is not ${issue.message}`;
}

/** Where the last key of a path stands in the file, or as much of the path as there is. */
function offsetOf(document: Document, path: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const key of path) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (pair === undefined) break;
    if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}
