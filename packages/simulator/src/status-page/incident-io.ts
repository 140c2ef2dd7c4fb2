import { atomDocument } from './atom-feed.ts';
import type { ComponentStatus } from './page-entry.ts';
import type { IncidentState } from './page-state.ts';
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

/**
 * incident.io as OpenAI has it: a copy of Statuspage's v2 that lacks what the original has (the summary lists no
 * incidents, an incident names no components), its own widget, which is not documented, and a feed.
 */
export const INCIDENT_IO_DOCUMENTS: Documents = {
  '/api/v2/summary.json': (view) =>
    jsonDocument({ page: pageOf(view), status: indicatorOf(view), components: componentsOf(view) }),
  '/api/v2/status.json': (view) => jsonDocument({ page: pageOf(view), status: indicatorOf(view) }),
  '/api/v2/components.json': (view) => jsonDocument({ page: pageOf(view), components: componentsOf(view) }),
  '/api/v2/incidents.json': (view) =>
    jsonDocument({ page: pageOf(view), incidents: view.state.incidents.map((incident) => incidentOf(view, incident)) }),
  '/proxy/status.openai.com': (view) => jsonDocument({ summary: widgetOf(view) }),
  '/feed.atom': atomDocument,
};

function componentsOf({ page, state }: PageView) {
  return page.components.map(({ id, name }, index) => ({
    id,
    name,
    status: ownWord(state.components.get(id)?.status ?? 'operational'),
    position: index,
  }));
}

/** What Statuspage calls a major outage is a full one here. */
const ownWord = (status: ComponentStatus): string => (status === 'major_outage' ? 'full_outage' : status);

function incidentOf(view: PageView, incident: IncidentState) {
  const id = idOf(view, incident.key);
  return {
    id,
    name: incident.title,
    status: incident.status,
    created_at: timeOf(view, incident.createdAtMs),
    updated_at: timeOf(view, incident.updatedAtMs),
    resolved_at: incident.resolvedAtMs === null ? null : timeOf(view, incident.resolvedAtMs),
    impact: incident.impact,
    page_id: view.page.id,
    incident_updates: incident.updates.map((update, index) => ({
      id: idOf(view, `${incident.key}/${incident.updates.length - index}`),
      body: update.text,
      created_at: timeOf(view, update.createdAtMs),
      display_at: timeOf(view, update.displayAtMs),
      incident_id: id,
      status: update.status,
      updated_at: timeOf(view, update.updatedAtMs),
    })),
  };
}

function widgetOf(view: PageView) {
  const groups = [...new Set(view.page.components.map(({ group }) => group))];
  return {
    id: view.page.id,
    name: view.page.name,
    components: view.page.components.map(({ id, name }) => ({ id, name })),
    affected_components: affectedOf(view, [...view.state.components.keys()]),
    structure: {
      items: groups.map((group) => ({
        group: {
          id: idOf(view, `group/${group}`),
          name: group,
          hidden: false,
          components: view.page.components
            .filter((component) => component.group === group)
            .map(({ id, name }) => ({ component_id: id, name })),
        },
      })),
    },
    ongoing_incidents: openIncidents(view).map((incident) => ({
      id: idOf(view, incident.key),
      name: incident.title,
      status: incident.status,
      published_at: timeOf(view, incident.createdAtMs),
      affected_components: affectedOf(view, incident.components),
      updates: incident.updates.map((update) => ({
        published_at: timeOf(view, update.displayAtMs),
        message_string: update.text,
      })),
    })),
    scheduled_maintenances: [],
  };
}

const affectedOf = ({ state }: PageView, ids: readonly string[]) =>
  ids.flatMap((id) => {
    const { status } = state.components.get(id) ?? { status: 'operational' };
    return status === 'operational' ? [] : [{ component_id: id, status: ownWord(status) }];
  });
