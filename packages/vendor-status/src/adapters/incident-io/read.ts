import { wholePage } from '../../components.ts';
import { concernOf, type Coverage } from '../../coverage.ts';
import type { Incident } from '../../incident.ts';
import { modelsNamed } from '../../models-named.ts';
import { type Entry, type Feed, parseFeed } from '../feed/parse-feed.ts';
import { componentsListed } from '../feed/read.ts';
import { formatOf } from '../format.ts';
import { parseComponents, parseIncidents } from '../statuspage/documents.ts';

/**
 * incident.io's copy of Statuspage v2. Its summary holds a part of a large page's components, and not always the same
 * part, and its incidents name no component: those stand in its feed only.
 *
 * @see https://help.incident.io/articles/status-page-api
 */
export const INCIDENT_IO = formatOf({
  documents: [
    { path: '/api/v2/components.json', type: 'json', parse: parseComponents },
    { path: '/api/v2/incidents.json', type: 'json', parse: parseIncidents },
    { path: '/feed.atom', type: 'xml', optional: true, parse: parseFeed },
  ],
  read([{ components, writtenAt }, incidents, feed], coverage) {
    const entries = (feed as Feed | null)?.entries ?? [];
    return wholePage(
      components,
      incidents.flatMap((incident) => tieToComponents(incident, entries, coverage)),
      coverage,
      writtenAt,
    );
  },
});

function tieToComponents(incident: Incident, entries: readonly Entry[], coverage: Coverage): readonly Incident[] {
  const entry = entries.find(({ id, url }) => id.endsWith(incident.id) || url?.endsWith(incident.id) === true);
  if (entry === undefined || incident.components.length > 0) return [incident];
  const concern = concernOf(componentsListed(entry.body), coverage);
  if (concern === null) return [];
  const { components } = concern;
  const models = incident.models === 'unclear' ? modelsNamed({ headline: '', components }) : incident.models;
  return [{ ...incident, ...concern, models, url: incident.url ?? entry.url }];
}
