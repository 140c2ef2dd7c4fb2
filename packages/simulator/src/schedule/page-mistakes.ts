import type { PageEntry } from '../status-page/page-entry.ts';
import { findComponent, type VendorPage } from '../status-page/vendor-pages.ts';
import type { Complaint } from './complaint.ts';

/** What the schema cannot see of the entries of one page: their order, and what they speak of. */
export function findPageMistakes(page: VendorPage, entries: readonly PageEntry[]): Complaint[] {
  const opened = new Set<string>();
  return entries.flatMap((entry, index) => {
    const before = entries[index - 1];
    const complaints: Complaint[] = [];
    if (before !== undefined && before.atMs > entry.atMs) {
      complaints.push({ path: [index, 'at'], message: 'must not be earlier than the entry before it' });
    }
    switch (entry.kind) {
      case 'post':
        if (!opened.has(entry.incident)) complaints.push(...incomplete(index, entry));
        opened.add(entry.incident);
        return [...complaints, ...unknownComponents(page, index, entry.components ?? {})];
      case 'edit':
        if (!opened.has(entry.incident)) {
          complaints.push({ path: [index, 'edit'], message: `"${entry.incident}" was never posted before` });
        }
        return complaints;
      case 'components':
        return [...complaints, ...unknownComponents(page, index, entry.components)];
      case 'fault':
        if (entry.untilMs !== undefined && entry.untilMs <= entry.atMs) {
          complaints.push({ path: [index, 'until'], message: 'must be later than "at"' });
        }
        if (entry.delayMs !== undefined && entry.fault !== 'slow') {
          complaints.push({ path: [index, 'delay'], message: 'is for the fault "slow" only' });
        }
        return complaints;
    }
  });
}

function incomplete(index: number, post: Extract<PageEntry, { kind: 'post' }>): Complaint[] {
  return (['title', 'impact'] as const)
    .filter((key) => post[key] === undefined)
    .map((key) => ({ path: [index, key], message: `is missing: this post is the first of "${post.incident}"` }));
}

function unknownComponents(page: VendorPage, index: number, components: Readonly<Record<string, string>>): Complaint[] {
  return Object.keys(components)
    .filter((name) => findComponent(page, name) === null)
    .map((name) => {
      const isAmbiguous = page.components.filter((one) => one.name === name).length > 1;
      const known = page.components.map((one) => one.name).join(', ');
      const message = isAmbiguous ? 'is the name of several components; give the id' : `is none of ${known}`;
      return { path: [index, 'components', name], message };
    });
}
