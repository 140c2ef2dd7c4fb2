import { createRequire } from 'node:module';
import type * as Valibot from 'valibot';
import type { Document, Scalar, YAMLMap } from 'yaml';
import { type FileDoubt, findDoubts } from './config-file-doubts.ts';
import { describeIssue, type FileProblem, type Path } from './config-file-problems.ts';
import { type ConfigFileContent, createConfigFileSchema } from './config-file-schema.ts';
import type { FileSettings, Read } from './config.ts';
import { withoutUndefined } from './without-undefined.ts';

const NOTHING: FileSettings = { budgets: [], providers: new Map(), limits: {}, detectors: {} };

/**
 * Reads a config file's text, YAML or JSON (which is YAML). What is wrong is named with its line and column and left
 * out; everything else counts. Throws only if a library that it needs is not there.
 *
 * @param providers names that the environment gives to providers of the application's own
 */
export function parseConfigFile(path: string, text: string, providers: readonly string[] = []): Read<FileSettings> {
  // Loaded here because they take longer than the rest of the start-up, and most applications have no config file.
  const require = createRequire(import.meta.url);
  const yaml = require('yaml') as typeof import('yaml');
  const valibot = require('valibot') as typeof Valibot;

  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined): string => {
    if (offset === undefined) return path;
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const problems: { readonly offset: number | undefined; readonly text: string }[] = [];
  const readWith = (settings: FileSettings): Read<FileSettings> => ({
    settings,
    problems: problems
      .toSorted((one, other) => (one.offset ?? 0) - (other.offset ?? 0))
      .map(({ offset, text: problem }) => `${at(offset)} ${problem}`),
  });

  for (const { code, message, pos } of document.errors) {
    if (code !== 'DUPLICATE_KEY') {
      problems.splice(0, Infinity, { offset: pos[0], text: `${firstLine(message)}; nothing of this file is used.` });
      return readWith(NOTHING);
    }
    problems.push({ offset: pos[0], text: `${keyAt(text, pos[0])}: this key is given twice; the last one counts.` });
  }
  if (document.contents === null) return readWith(NOTHING);
  if (!yaml.isMap(document.contents)) {
    problems.push({
      offset: document.contents.range?.[0],
      text: 'this is not a map of keys and values; nothing of this file is used.',
    });
    return readWith(NOTHING);
  }

  const content: unknown = document.toJS();
  const tell = (doubts: readonly FileDoubt[]): void => {
    problems.push(...doubts.map((doubt) => ({ offset: offsetOf(document, doubt, yaml), text: doubt.text })));
  };
  tell(findDoubts(content, providers));
  const schema = createConfigFileSchema(valibot);
  const first = valibot.safeParse(schema, content);
  if (first.success) return readWith(settingsOf(first.output));
  const found = first.issues.map((issue) => describeIssue(issue));
  tell(found);
  const second = valibot.safeParse(schema, without(content, found));
  return readWith(second.success ? settingsOf(second.output) : NOTHING);
}

/** The key that stands at an offset, without its quotes. */
const keyAt = (text: string, offset: number): string => /[^"'\s:,{}]+/.exec(text.slice(offset))?.[0] ?? '';

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

const settingsOf = ({ budgets, providers, limits, detectors }: ConfigFileContent): FileSettings => ({
  budgets: budgets.map(({ firstChunk, total, gap, outputRate, ...selectors }) => ({
    ...withoutUndefined(selectors),
    ...withoutUndefined({ firstChunkMs: firstChunk, totalMs: total, gapMs: gap, outputTokensPerSecond: outputRate }),
  })),
  providers: new Map(
    Object.entries(providers).map(([host, { dialect, provider }]) => [
      host,
      { dialect, ...withoutUndefined({ provider }) },
    ]),
  ),
  limits: withoutUndefined(limits),
  detectors: withoutUndefined(detectors),
});

/** Where in the text a problem is: at its key where the key is wrong, else at its value. */
function offsetOf(document: Document, problem: FileDoubt, yaml: typeof import('yaml')): number | undefined {
  const parent = document.getIn(problem.path.slice(0, -1), true);
  const key = problem.path.at(-1);
  if (problem.atKey && yaml.isMap(parent)) {
    const pair = (parent as YAMLMap<Scalar>).items.find((item) => String(item.key) === String(key));
    if (pair?.key.range) return pair.key.range[0];
  }
  const node = document.getIn(problem.path, true) ?? parent ?? document.contents;
  return yaml.isNode(node) ? node.range?.[0] : undefined;
}

/** A copy of the content without what the problems spoil. */
function without(content: unknown, problems: readonly FileProblem[]): unknown {
  const copy = structuredClone(content);
  for (const { drop } of problems) remove(copy, drop);
  // Deleting left holes, so that no rule moved while others were still to be taken out; now they close.
  if (isRecord(copy) && Array.isArray(copy['budgets'])) copy['budgets'] = copy['budgets'].filter(() => true);
  return copy;
}

function remove(root: unknown, path: Path): void {
  const parent = path.slice(0, -1).reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), root);
  const key = path.at(-1);
  if (key !== undefined && isRecord(parent)) delete parent[key];
}

const isRecord = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;
