import Table from 'cli-table3';
import type { VendorWatch } from '../vendor-watch.ts';

/** A table for people: a row for each component, or one that says why the status is unknown. */
export function formatTable(watches: readonly VendorWatch[]): string {
  const table = new Table({
    head: ['vendor', 'component', 'status', 'open incidents'],
    style: { head: [], border: [] },
  });
  for (const { vendor, knowledge } of watches) {
    if (knowledge.kind === 'unknown') {
      table.push([vendor.name, '', 'unknown', knowledge.problems.join('\n')]);
      continue;
    }
    const { components, incidents } = knowledge.snapshot;
    const said = incidents === null ? 'not listed by the page' : incidents.map(({ name }) => name).join('\n');
    for (const { name, status } of components) table.push([vendor.name, name, status, said]);
  }
  return `${table.toString()}\n`;
}

export function toJson(watches: readonly VendorWatch[]): string {
  const rows = watches.map(({ vendor, knowledge, lastSuccess }) => ({
    vendor: vendor.name,
    lastSuccess,
    ...knowledge,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}
