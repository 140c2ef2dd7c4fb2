import {
  type FaultDefinition,
  FAULTS,
  PAGE_FAULTS,
  type ParameterDefinition,
  type PerMode,
} from '../../packages/simulator/src/index.ts';
import { code, codes, generatedFrom, page, table } from './markdown.ts';

type Expected = string | null | PerMode<string | null>;

/** Reference of the simulator's faults. */
export function renderFaultsPage(): string {
  const faults: readonly (readonly [string, FaultDefinition])[] = Object.entries(FAULTS);
  return page(
    generatedFrom('`packages/simulator`'),
    "# The simulator's faults",
    'Every fault that `brownout-simulator` can play, and the reason that must be reported for it. Two reasons stand for streamed requests and for those answered in one piece.',
    table(
      ['Fault', 'Requests', 'Expected reason', 'Expected anomaly', 'What is played'],
      faults.map(([name, fault]) => [
        `[${code(name)}](#${name})`,
        fault.appliesTo === 'both' ? 'all' : fault.appliesTo,
        formatExpected(fault.expects),
        fault.expectsAnomaly === undefined ? '' : formatExpected(fault.expectsAnomaly),
        fault.title,
      ]),
    ),
    ...faults.flatMap(([name, fault]) => [`## ${name}`, fault.description, ...conditions(fault), ...parameters(fault)]),
    '## Status pages',
    "What may be wrong with a vendor's status page, in a schedule's `statusPages`. A page that fails must be read as unknown, never as operational; only `stale` cannot be told from a page that says what it means.",
    table(
      ['Fault', 'What is played'],
      Object.entries(PAGE_FAULTS).map(([name, { description }]) => [code(name), description]),
    ),
  );
}

function formatExpected(expected: Expected): string {
  if (expected === null) return 'none';
  if (typeof expected === 'string') return code(expected);
  return `${formatExpected(expected.streamed)} / ${formatExpected(expected.whole)}`;
}

function conditions({ operations, requires, exceeds, needsClient, except }: FaultDefinition): readonly string[] {
  const lines = [
    ...(operations === 'generation' ? ['Only where text or tool calls are generated.'] : []),
    ...(requires === undefined ? [] : [`Only where the request has ${requires.replaceAll('_', ' ')}.`]),
    ...(exceeds === undefined
      ? []
      : [`The reason holds once the delay is over this budget: ${formatExpected(exceeds)}.`]),
    ...(needsClient === undefined ? [] : [`The client must help: ${needsClient}.`]),
    ...(except === undefined
      ? []
      : [`Not for ${except.streamed ? 'streamed' : 'whole'} answers of ${except.provider}: ${except.because}.`]),
  ];
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')];
}

function parameters(fault: FaultDefinition): readonly string[] {
  const rows: readonly (readonly [string, ParameterDefinition])[] = Object.entries(fault.parameters);
  if (rows.length === 0) return [];
  return [
    table(
      ['Parameter', 'Type', 'Default', 'Meaning'],
      rows.map(([name, row]) => [
        code(name),
        [row.type, ...(row.unit === undefined ? [] : [row.unit])].join(', '),
        row.default === '' ? 'empty' : code(String(row.default)),
        row.options === undefined ? row.description : `${row.description}: ${codes(row.options)}`,
      ]),
    ),
  ];
}
