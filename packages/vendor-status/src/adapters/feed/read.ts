import { backingComponents } from '../../components.ts';
import { concernOf, type Coverage } from '../../coverage.ts';
import type { Incident } from '../../incident.ts';
import { modelsNamed } from '../../models-named.ts';
import { understood, unknown } from '../../snapshot.ts';
import { formatOf } from '../format.ts';
import { type Entry, parseFeed, plainText } from './parse-feed.ts';

/** Words that status pages use for the progress of an incident, and whether one with it is still open. */
const OPEN_WHILE: Readonly<Record<string, boolean>> = {
  investigating: true,
  identified: true,
  monitoring: true,
  update: true,
  updated: true,
  verifying: true,
  in_progress: true,
  resolved: false,
  completed: false,
  postmortem: false,
  scheduled: false,
};
const WORDS = Object.keys(OPEN_WHILE)
  .map((word) => word.replace('_', '[ _]'))
  .join('|');

/** In the order in which they are believed: a line of its own, the newest update's heading, a tag of the headline. */
const STATUS_PATTERNS = [
  new RegExp(String.raw`\bstatus:\s*(?:<[^>]*>\s*)*(${WORDS})\b`, 'i'),
  new RegExp(String.raw`<(?:strong|b|h\d)>\s*(${WORDS})\s*</`, 'i'),
  new RegExp(String.raw`^\s*[[(](${WORDS})[\])]`, 'i'),
] as const;

/**
 * RSS or Atom, for pages that have nothing better. A feed tells of incidents and never of a component that is well, so
 * a component has a status only while an open incident names it, and then no better one than degraded.
 */
export const FEED = formatOf({
  documents: [{ path: '', type: 'xml', parse: parseFeed }],
  read([{ entries, writtenAt }], coverage) {
    const incidents: Incident[] = [];
    const problems: string[] = [];
    for (const [index, entry] of entries.entries()) {
      const status = statusOf(entry);
      if (status === null) problems.push(`entry ${index} (${entry.title}): it does not tell whether it is over`);
      else incidents.push(...toIncident(entry, status, coverage));
    }
    if (problems.length > 0) return unknown(...problems);
    return understood({ components: affectedComponents(incidents, coverage), incidents, writtenAt });
  },
});

/** The components that open incidents name, as degraded: feeds do not grade. */
export const affectedComponents = (incidents: readonly Incident[], coverage: Coverage) =>
  backingComponents(
    incidents
      .filter(({ isOpen }) => isOpen)
      .flatMap(({ components }) => components.map((name) => ({ name, status: 'degraded' as const }))),
    coverage,
  );

function statusOf({ title, body }: Entry): string | null {
  for (const pattern of STATUS_PATTERNS) {
    const word = pattern.exec(body)?.[1] ?? pattern.exec(title)?.[1];
    if (word !== undefined) return word.toLowerCase().replace(' ', '_');
  }
  return null;
}

function toIncident(entry: Entry, status: string, coverage: Coverage): readonly Incident[] {
  const concern = concernOf(componentsNamed(entry, coverage), coverage);
  if (concern === null) return [];
  const isOpen = OPEN_WHILE[status] ?? true;
  return [
    {
      id: entry.id,
      name: entry.title,
      impact: 'unclear',
      status,
      isOpen,
      url: entry.url,
      startedAt: null,
      postedAt: entry.publishedAt,
      updatedAt: entry.updatedAt,
      resolvedAt: null,
      ...concern,
      models: modelsNamed({ headline: entry.title, bodies: [plainText(entry.body)] }),
    },
  ];
}

/** `[API] Elevated errors`, a list of components with their statuses in the body, or a name of the table in the title. */
function componentsNamed({ title, body }: Entry, coverage: Coverage): readonly string[] {
  const tag = /^\s*\[([^\]]+)\]/.exec(title)?.[1];
  const listed = componentsListed(body);
  const named = tag === undefined || OPEN_WHILE[tag.toLowerCase()] !== undefined ? listed : [tag, ...listed];
  if (named.length > 0) return named;
  return coverage.components.map(({ component }) => component).filter((name) => name !== '' && title.includes(name));
}

/** incident.io's feeds list them as `<li>Chat Completions (Operational)</li>`. */
export const componentsListed = (html: string): readonly string[] =>
  [...html.matchAll(/<li>\s*([^<]*?)\s*\([^()<]*\)\s*<\/li>/g)].flatMap(([, name]) => name ?? []);
