import { FAULT_NAMES, FAULTS } from '../faults/catalogue.ts';
import type { FaultDefinition, ParameterDefinition, PerMode } from '../faults/fault.ts';

/** The catalogue for programs: every row with its name. */
export function listFaults(): ({ readonly name: string } & FaultDefinition)[] {
  return FAULT_NAMES.map((name) => ({ name, ...FAULTS[name] }));
}

const HEADINGS = ['FAULT', 'APPLIES TO', 'EXPECTED REASON', 'PARAMETERS'] as const;

/** The catalogue for people. */
export function formatFaultTable(): string {
  const rows = listFaults().map((fault) => [
    fault.name,
    fault.appliesTo === 'both' ? 'streamed, whole' : fault.appliesTo,
    formatExpected(fault),
    Object.entries(fault.parameters)
      .map(([key, parameter]) => `${key}=${formatDefault(parameter)}`)
      .join(' '),
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[line(HEADINGS), ...rows.map(line)].join('\n')}\n\nEvery fault also takes times=N (only the first N requests), share=P (a part of them) and id=TEXT (counters of its own).\n`;
}

function formatDefault(parameter: ParameterDefinition): string {
  const value = parameter.default === '' ? '""' : String(parameter.default);
  return parameter.unit === 'ms' || parameter.unit === 's' ? `${value} (${parameter.unit})` : value;
}

function formatExpected(fault: FaultDefinition): string {
  const reason = formatPerMode(fault.expects);
  const anomaly = fault.expects === 'ok' ? ` + ${formatPerMode(fault.expectsAnomaly ?? null)}` : '';
  return reason + anomaly;
}

function formatPerMode(value: string | null | PerMode<string | null>): string {
  if (value === null) return '-';
  return typeof value === 'string' ? value : `${value.streamed ?? '-'} / ${value.whole ?? '-'}`;
}
