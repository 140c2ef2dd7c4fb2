import { createBudgetMatcher } from '../../packages/core/src/index.ts';
import {
  BUDGET_KEYS,
  DETECTOR_KEYS,
  type FileKeyRow,
  HOST_KEYS,
  LIMIT_KEYS,
  SELECTOR_KEYS,
} from '../../packages/instrumentation/src/config/config-file-table.ts';
import { parseConfigFile } from '../../packages/instrumentation/src/config/config-file.ts';
import { type VariableRow, VARIABLES } from '../../packages/instrumentation/src/config/environment-table.ts';
import { readEnvironment } from '../../packages/instrumentation/src/config/read-environment.ts';
import { VALUE_TYPES } from '../../packages/instrumentation/src/config/value-types.ts';
import { code, codes, fence, generatedFrom, page, table } from './markdown.ts';

/** A whole config file; `tools/reference.test.ts` loads it. */
export const EXAMPLE_CONFIG = `
budgets:
  # Every call: an answer that takes a minute is late, whoever asked.
  - total: 60s

  # People wait for this one, and watch it being written.
  - useCase: support-chat
    firstChunk: 2s
    gap: 3s
    outputRate: 15

  # Nobody waits for the nightly summaries.
  - useCase: nightly-summary
    firstChunk: none
    total: 15m

  # This model thinks before it speaks, except where the use case says otherwise.
  - model: a-reasoning-model
    firstChunk: 45s

providers:
  # A gateway of our own that speaks OpenAI's chat format; OpenAI is billed.
  llm-gateway.internal:8443:
    dialect: openai-chat
    provider: openai

limits:
  useCases: 200

detectors:
  # This application translates.
  language: false
`;

const MISTAKES = `
budgets:
  - useCase: support-chat
    fristChunk: 2s
    total: fast
  - usecase: nightly-summary
    total: 15m
limits:
  models: many
`;

/** Reference of everything that can be set. */
export function renderConfigurationPage(): string {
  return page(
    generatedFrom('`packages/instrumentation/src/config`'),
    '# Configuration',
    'Everything has a default; nothing needs to be set. The environment beats the config file, the file beats the defaults. A value that makes no sense costs one line in the log, which names it and says what is used instead; the application starts, and every other setting counts.',
    '## Environment variables',
    "The standard `OTEL_*` variables are OpenTelemetry's and are read by its SDK. A variable that is empty counts as not set.",
    table(['Variable', 'Value', 'Default', 'Meaning'], Object.values(VARIABLES).map(variableCells)),
    '## Config file',
    `${code(VARIABLES.configFile.name)} names a YAML or JSON file with up to four sections, \`budgets\`, \`providers\`, \`limits\` and \`detectors\`. It is read once, when the process starts.`,
    '### budgets',
    'A list of rules. All rules whose selectors fit a call are laid over each other limit by limit: a rule for its use case beats one for its model, which beats one for its provider, which beats one for every call; among equals the later rule counts, and the environment comes last.',
    keyTable({ ...SELECTOR_KEYS, ...BUDGET_KEYS }),
    `From the rule that beats all others to the one that all others beat: ${mostSpecificFirst().join('; ')}.`,
    'A rule with a selector that is not understood is left out altogether, because without it the rule would fit every call.',
    '### providers',
    `A map from hosts (with a port where it matters) to what is spoken there, as ${code(VARIABLES.providers.name)}.`,
    keyTable(HOST_KEYS),
    '### limits',
    'How many distinct values of a dimension one process may record.',
    keyTable(LIMIT_KEYS),
    '### detectors',
    `What answers are watched for; ${code(VARIABLES.detectors.name)} beats all of this section. What each detector sees, what it costs and what it cannot see is in [Detectors](detectors.md). What is switched off is not found, and an answer that has it counts as one that has not.`,
    keyTable(DETECTOR_KEYS),
    '### Example',
    fence('yaml', EXAMPLE_CONFIG),
    '## What a mistake looks like',
    fence('yaml', MISTAKES),
    'is used as far as it can be understood, and answered with:',
    fence('text', parseConfigFile('brownout.yaml', MISTAKES.trimStart()).problems.join('\n')),
    `and ${code(`${VARIABLES.gap.name}=soon`)} with:`,
    fence('text', readEnvironment({ [VARIABLES.gap.name]: 'soon' }).problems.join('\n')),
  );
}

const SUBJECT = { useCase: 'a', model: 'b', provider: 'c' } as const;
type Selectors = Partial<typeof SUBJECT>;

/** Every combination of selectors, in the order that the matcher itself gives them. */
function mostSpecificFirst(): readonly string[] {
  const keys = Object.keys(SUBJECT) as (keyof typeof SUBJECT)[];
  const combinations = keys.reduce<readonly Selectors[]>(
    (rest, key) => rest.flatMap((selectors) => [{ ...selectors, [key]: SUBJECT[key] }, selectors]),
    [{}],
  );
  const beats = (one: Selectors, other: Selectors): boolean =>
    createBudgetMatcher([
      { ...one, gapMs: 1 },
      { ...other, gapMs: 2 },
    ])(SUBJECT).gapMs === 1;
  return combinations
    .toSorted((one, other) => (beats(one, other) ? -1 : 1))
    .map((selectors) => codes(Object.keys(selectors)).replaceAll(', ', ' and ') || 'none of them');
}

const variableCells = (row: VariableRow): readonly string[] => [
  code(row.name),
  row.type === 'providers' ? 'a list' : VALUE_TYPES[row.type].expected,
  row.default === '' ? 'not set' : code(row.default),
  row.description,
];

const keyTable = (rows: Readonly<Record<string, FileKeyRow>>): string =>
  table(
    ['Key', 'Value', 'Default', 'Meaning'],
    Object.entries(rows).map(([key, row]) => [
      code(key),
      VALUE_TYPES[row.type].expected,
      row.default === undefined ? '' : code(row.default),
      row.description,
    ]),
  );
