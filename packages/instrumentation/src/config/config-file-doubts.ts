import { PROVIDERS } from '@brownout/dialects';
import type { FileProblem } from './config-file-problems.ts';
import { BUDGET_KEYS, SELECTOR_KEYS } from './config-file-table.ts';
import { didYouMean } from './did-you-mean.ts';

/** What is well-formed, counts as it stands, and is hardly meant. */
export type FileDoubt = Pick<FileProblem, 'path' | 'atKey' | 'text'>;

/** @param providers names that the environment gives to providers of the application's own */
export function findDoubts(content: unknown, providers: readonly string[]): readonly FileDoubt[] {
  const budgets = listOf(recordOf(content)['budgets']).map(recordOf);
  const own = Object.values(recordOf(recordOf(content)['providers'])).map((host) => recordOf(host)['provider']);
  const known = [...PROVIDERS.map(({ provider }) => provider), ...own.filter(isText), ...providers];
  return [...unknownProviders(budgets, known), ...repeatedLimits(budgets)];
}

function unknownProviders(budgets: readonly Fields[], known: readonly string[]): readonly FileDoubt[] {
  return budgets.flatMap(({ provider }, index) => {
    if (!isText(provider) || provider === '' || known.includes(provider)) return [];
    const guess = didYouMean(provider, known);
    const path = ['budgets', index, 'provider'];
    const text = `budgets[${index}].provider: no provider is called "${provider}"${guess}; this rule fits no call.`;
    return [{ path, atKey: false, text }];
  });
}

/** Of two rules for the same calls the later one counts, limit by limit: said where both set one. */
function repeatedLimits(budgets: readonly Fields[]): readonly FileDoubt[] {
  const setters = new Map<string, number>();
  return budgets.flatMap((rule, index) =>
    Object.keys(BUDGET_KEYS).flatMap((limit) => {
      if (rule[limit] === undefined) return [];
      const calls = JSON.stringify([limit, ...Object.keys(SELECTOR_KEYS).map((key) => rule[key])]);
      const before = setters.get(calls);
      setters.set(calls, index);
      if (before === undefined) return [];
      const text = `budgets[${index}].${limit}: budgets[${before}] sets it for the same calls; this one counts.`;
      return [{ path: ['budgets', index, limit], atKey: true, text }];
    }),
  );
}

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const recordOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
