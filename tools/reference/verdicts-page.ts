import { VERDICTS } from '../../packages/core/src/verdict-table.ts';
import { ATTRIBUTES } from '../../packages/signals/src/index.ts';
import { code, codes, generatedFrom, page, table } from './markdown.ts';

/** Reference of the verdict table. */
export function renderVerdictsPage(): string {
  const { verdict, reason, fault, anomaly } = ATTRIBUTES;
  return page(
    generatedFrom('`packages/core/src/verdict-table.ts`'),
    '# Verdicts',
    `Every call ends with one verdict (${code(verdict.key)}: ${codes(verdict.values)}), one reason for it (${code(reason.key)}) and whose problem it is (${code(fault.key)}: ${codes(fault.values)}).`,
    'An unusable reason beats a degraded one. Among several of one verdict, what ended the call beats what was only found in it; then the first in this table counts. All that was found is still counted, as anomalies and budget breaches.',
    table(
      ['Reason', 'Verdict', 'Fault', 'When'],
      Object.entries(VERDICTS).map(([name, row]) => [code(name), row.verdict, row.fault, row.when]),
    ),
    '## Anomalies',
    `What was found in an output, whatever the verdict (${code(anomaly.key)}): ${codes(anomaly.values)}.`,
  );
}
