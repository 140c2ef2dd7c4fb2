import { wholePage } from '../../components.ts';
import { formatOf } from '../format.ts';
import { parseComponents, parseIncidents } from './documents.ts';

/**
 * Statuspage v2. The summary lists open incidents only, so one that was posted late or edited afterwards would be missed
 * without the list of all.
 *
 * @see https://metastatuspage.com/api
 */
export const STATUSPAGE = formatOf({
  documents: [
    { path: '/api/v2/summary.json', type: 'json', parse: parseComponents },
    { path: '/api/v2/incidents.json', type: 'json', parse: parseIncidents },
  ],
  read: ([{ components, maintenances, writtenAt }, incidents], coverage) =>
    wholePage(components, [...incidents, ...maintenances], coverage, writtenAt),
});
