import { BUDGET_KEYS, DETECTOR_KEYS, HOST_KEYS, LIMIT_KEYS, SELECTOR_KEYS } from './config-file-table.ts';
import type { FileKeyRow } from './config-file-table.ts';
import { closestWord, didYouMean } from './did-you-mean.ts';

/** Keys from the file's top down to a value. */
export type Path = readonly (string | number)[];

/** What is wrong with one place of the config file. */
export interface FileProblem {
  readonly path: Path;
  /** The key is wrong, not its value. */
  readonly atKey: boolean;
  /** What is left out because of it. */
  readonly drop: Path;
  /** For people: where, what was wrong, and what is done instead. */
  readonly text: string;
}

/** As much of a valibot issue as is needed here. */
interface Issue {
  readonly type: string;
  readonly expected: string | null;
  readonly input: unknown;
  readonly message: string;
  readonly path?: readonly { readonly key: unknown; readonly origin: string }[] | undefined;
}

type Key = string | number;

/** Says what a schema issue means to the person who wrote the file. */
export function describeIssue(issue: Issue): FileProblem {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
  const { drop, instead } = consequenceOf(path, isUnknown);
  const name = path.length === 0 ? '' : `${spell(path)}: `;
  return {
    path,
    drop,
    atKey: isUnknown || issue.path?.at(-1)?.origin === 'key',
    text: `${name}${complaint(issue, path, isUnknown)}; ${instead}.`,
  };
}

function complaint(issue: Issue, path: Path, isUnknown: boolean): string {
  const key = String(path.at(-1));
  if (isUnknown) return `there is no such key${didYouMean(key, knownKeys(path))}`;
  if (issue.type === 'strict_object' && issue.expected?.startsWith('"')) return 'this key is missing';
  if (issue.type === 'array') return `${quote(issue.input)} is not a list`;
  if (issue.expected === 'Object') return `${quote(issue.input)} is not a map of keys and values`;
  return `${quote(issue.input)} is not ${issue.message}`;
}

function knownKeys([section, , key]: Path): readonly string[] {
  switch (key === undefined && section !== 'limits' && section !== 'detectors' ? undefined : section) {
    case 'budgets':
      return [...Object.keys(SELECTOR_KEYS), ...Object.keys(BUDGET_KEYS)];
    case 'providers':
      return Object.keys(HOST_KEYS);
    case 'limits':
      return Object.keys(LIMIT_KEYS);
    case 'detectors':
      return Object.keys(DETECTOR_KEYS);
    default:
      return ['budgets', 'providers', 'limits', 'detectors'];
  }
}

/** A bad value costs as little as possible, with one exception: a rule without its selector would fit every call. */
function consequenceOf(path: Path, isUnknown: boolean): { readonly drop: Path; readonly instead: string } {
  const [section, entry, key] = path;
  if (path.length === 0) return { drop: path, instead: 'nothing of this file is used' };
  if (entry === undefined) return { drop: path, instead: isUnknown ? 'it is ignored' : 'this section is ignored' };
  switch (section) {
    case 'budgets':
      return key !== undefined && isBudgetKey(key)
        ? { drop: path, instead: 'this limit is left to less specific budgets' }
        : { drop: [section, entry], instead: 'this rule is ignored' };
    case 'providers':
      return { drop: [section, entry], instead: 'this host is ignored' };
    default: {
      const rows: Readonly<Record<string, FileKeyRow>> = section === 'detectors' ? DETECTOR_KEYS : LIMIT_KEYS;
      const row = Object.hasOwn(rows, entry) ? rows[entry] : undefined;
      return { drop: path, instead: row?.default ? `using the default, ${row.default}` : 'it is ignored' };
    }
  }
}

/** Also where it is misspelled: then it was meant for a limit, and the rule's selectors are not in doubt. */
const isBudgetKey = (key: Key): boolean => {
  const meant = closestWord(String(key), [...Object.keys(SELECTOR_KEYS), ...Object.keys(BUDGET_KEYS)]);
  return meant !== undefined && Object.hasOwn(BUDGET_KEYS, meant);
};

const spell = (path: Path): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');

/** The value as it stands in the file, but never more than a line's worth of it. */
function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
