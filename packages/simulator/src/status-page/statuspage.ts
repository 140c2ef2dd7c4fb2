import type { IncidentState, UpdateState } from './page-state.ts';
import {
  type Documents,
  idOf,
  indicatorOf,
  jsonDocument,
  openIncidents,
  pageOf,
  type PageView,
  timeOf,
} from './page-view.ts';
import { atomDocument } from './atom-feed.ts';

/** `incidents.json` lists this many and forgets the others. */
const LISTED_INCIDENTS = 50;

/** Atlassian Statuspage v2: https://metastatuspage.com/api */
export const STATUSPAGE_DOCUMENTS: Documents = {
  '/api/v2/summary.json': (view) =>
    jsonDocument({
      page: pageOf(view),
      components: componentsOf(view),
      incidents: incidentsOf(view, openIncidents(view)),
      scheduled_maintenances: [],
      status: indicatorOf(view),
    }),
  '/api/v2/status.json': (view) => jsonDocument({ page: pageOf(view), status: indicatorOf(view) }),
  '/api/v2/components.json': (view) => jsonDocument({ page: pageOf(view), components: componentsOf(view) }),
  '/api/v2/incidents.json': (view) =>
    jsonDocument({ page: pageOf(view), incidents: incidentsOf(view, view.state.incidents.slice(0, LISTED_INCIDENTS)) }),
  '/api/v2/incidents/unresolved.json': (view) =>
    jsonDocument({ page: pageOf(view), incidents: incidentsOf(view, openIncidents(view)) }),
  '/api/v2/scheduled-maintenances.json': (view) => jsonDocument({ page: pageOf(view), scheduled_maintenances: [] }),
  '/history.atom': atomDocument,
};

function componentsOf(view: PageView) {
  return view.page.components.map(({ id, name }, index) => {
    const { status, updatedAtMs } = view.state.components.get(id) ?? { status: 'operational', updatedAtMs: 0 };
    return {
      id,
      name,
      status,
      created_at: timeOf(view, 0),
      updated_at: timeOf(view, updatedAtMs),
      position: index + 1,
      description: null,
      showcase: false,
      start_date: null,
      group_id: null,
      page_id: view.page.id,
      group: false,
      only_show_if_degraded: false,
    };
  });
}

function incidentsOf(view: PageView, incidents: readonly IncidentState[]) {
  const orNull = (elapsedMs: number | null) => (elapsedMs === null ? null : timeOf(view, elapsedMs));
  return incidents.map((incident) => ({
    id: idOf(view, incident.key),
    name: incident.title,
    status: incident.status,
    created_at: timeOf(view, incident.createdAtMs),
    updated_at: timeOf(view, incident.updatedAtMs),
    monitoring_at: orNull(incident.monitoringAtMs),
    resolved_at: orNull(incident.resolvedAtMs),
    impact: incident.impact,
    shortlink: `${view.url}/incidents/${idOf(view, incident.key)}`,
    started_at: timeOf(view, incident.startedAtMs),
    page_id: view.page.id,
    incident_updates: incident.updates.map((update, index) =>
      updateOf(view, incident, update, incident.updates.length - index),
    ),
    components: componentsOf(view).filter(({ id }) => incident.components.includes(id)),
  }));
}

function updateOf(view: PageView, incident: IncidentState, update: UpdateState, ordinal: number) {
  return {
    id: idOf(view, `${incident.key}/${ordinal}`),
    status: update.status,
    body: update.text,
    incident_id: idOf(view, incident.key),
    created_at: timeOf(view, update.createdAtMs),
    updated_at: timeOf(view, update.updatedAtMs),
    display_at: timeOf(view, update.displayAtMs),
    affected_components:
      update.changes.length === 0
        ? null
        : update.changes.map(({ id, from, to }) => ({
            code: id,
            name: view.page.components.find((component) => component.id === id)?.name,
            old_status: from,
            new_status: to,
          })),
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  };
}
