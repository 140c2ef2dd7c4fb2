import { allProviders, concernOf, type Concern, type Coverage } from '../../coverage.ts';
import type { Incident } from '../../incident.ts';
import { modelsNamed } from '../../models-named.ts';
import { understood } from '../../snapshot.ts';
import { affectedComponents } from '../feed/read.ts';
import { type Entry, parseFeed, plainText } from '../feed/parse-feed.ts';
import { formatOf } from '../format.ts';

/** What every service stands on: an incident of one of these may concern any API. */
const FOUNDATIONS = ['Network Infrastructure', 'Azure Front Door', 'Microsoft Entra', 'Azure Active Directory'];

/** Only where the headline says no more than that it is over: "Resolved in one region, ongoing in another" is open. */
const OVER =
  /^\s*[[(]?(?:resolved|mitigated)\b[\])]?(?!.*\b(?:ongoing|continu|remain|impact|affect|degrad|partial))|[-–—:]\s*(?:resolved|mitigated)\s*$/i;

/**
 * Azure's public feed of incidents with wide impact: what is listed is going on, with its service and region as
 * categories. It never says that a service is well, and an instance of it was seen to serve no entries during an
 * outage, so nothing is read out of its silence.
 *
 * @see https://learn.microsoft.com/azure/service-health/azure-status-overview
 */
export const AZURE = formatOf({
  documents: [{ path: '', type: 'xml', parse: parseFeed }],
  read([{ entries, writtenAt }], coverage) {
    const incidents = sameIncidents(entries).flatMap((posts) => toIncident(posts, coverage));
    return understood({ components: affectedComponents(incidents, coverage), incidents, writtenAt });
  },
});

/** One incident is posted again under new titles, with the same categories. */
function sameIncidents(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const groups = new Map<string, readonly Entry[]>();
  for (const entry of entries) {
    const key = idOf(entry);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()];
}

const idOf = ({ id, categories }: Entry): string => (categories.length === 0 ? id : categories.toSorted().join(' | '));

function toIncident(posts: readonly Entry[], coverage: Coverage): readonly Incident[] {
  const [latest] = posts.toSorted((one, other) => (other.publishedAt ?? 0) - (one.publishedAt ?? 0));
  const concern = latest === undefined ? null : concernOfEntry(latest, coverage);
  if (latest === undefined || concern === null) return [];
  const times = posts.flatMap(({ publishedAt }) => publishedAt ?? []);
  const isOpen = !OVER.test(latest.title);
  return [
    {
      id: idOf(latest),
      name: latest.title,
      impact: 'unclear',
      status: isOpen ? 'active' : 'resolved',
      isOpen,
      url: latest.url,
      startedAt: null,
      postedAt: times.length === 0 ? null : Math.min(...times),
      updatedAt: times.length === 0 ? null : Math.max(...times),
      resolvedAt: null,
      ...concern,
      models: modelsNamed({ headline: latest.title, bodies: [plainText(latest.body)] }),
    },
  ];
}

/** Of the body nothing is believed: it names services and regions for context. */
function concernOfEntry({ title, categories }: Entry, coverage: Coverage): Concern | null {
  const inTitle = coverage.components.map(({ component }) => component).filter((name) => title.includes(name));
  for (const named of [categories, inTitle]) {
    const concern = named.length === 0 ? null : concernOf(named, coverage);
    if (concern !== null) return concern;
  }
  const isFoundation = FOUNDATIONS.some((name) => title.includes(name) || categories.includes(name));
  return isFoundation ? { components: [], providers: allProviders(coverage) } : null;
}
