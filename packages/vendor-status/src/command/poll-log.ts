import type { IncidentChange } from '../incident-changes.ts';
import type { VendorWatch } from '../vendor-watch.ts';
import { printable } from './report.ts';

export type LogLevel = 'INFO' | 'WARN' | 'ERROR';
export type Log = (level: LogLevel, text: string) => void;

/** One line for each entry, with its time: what a container's log is made of. */
export const lineLog =
  (write: (text: string) => void, now: () => number): Log =>
  (level, text) =>
    write(`${new Date(now()).toISOString()} ${level} ${printable(text)}\n`);

/** Logs a vendor when what is known of it changes, and each change of an incident; the same again is silent. */
export function pollLog(log: Log): (watch: VendorWatch, changes: readonly IncidentChange[]) => void {
  const last = new Map<string, string>();
  return ({ vendor, knowledge }, changes) => {
    const text = knowledge.kind === 'known' ? knowledgeText(knowledge) : `unknown: ${knowledge.problems.join('; ')}`;
    if (last.get(vendor.name) !== text) log(knowledge.kind === 'known' ? 'INFO' : 'WARN', `${vendor.name} ${text}`);
    last.set(vendor.name, text);
    for (const { kind, incident } of changes) {
      const { impact, status, name, url } = incident;
      log(
        'INFO',
        `${vendor.name} incident ${kind}: ${name} (impact ${impact}, ${status})${url === null ? '' : ` ${url}`}`,
      );
    }
  };
}

function knowledgeText({ snapshot, notes }: Extract<VendorWatch['knowledge'], { readonly kind: 'known' }>): string {
  const { components } = snapshot;
  const trouble = components.filter(({ status }) => status !== 'operational');
  const well = `${components.length - trouble.length} of ${components.length} components operational`;
  const said = [well, ...trouble.map(({ name, status }) => `${name} ${status}`)].join(', ');
  return ['known: ', said, ...notes.map((note) => `; not read: ${note}`)].join('');
}
