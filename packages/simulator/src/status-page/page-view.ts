import { createRandom } from '../content/random.ts';
import type { ComponentStatus, Impact } from './page-entry.ts';
import { isOpen, type IncidentState, type PageState } from './page-state.ts';
import type { VendorPage } from './vendor-pages.ts';

/** A page at a moment, and all that its documents need to be written. */
export interface PageView {
  readonly page: VendorPage;
  readonly state: PageState;
  /** Where the simulator plays the page: `http://127.0.0.1:<port>/status/<provider>`. */
  readonly url: string;
  /** When the schedule began, in milliseconds since the Unix epoch; all times of the state count from it. */
  readonly originMs: number;
  /** Makes the ids of one run differ from those of another. */
  readonly seed: string;
}

/** A document of a page, by the path below its address; `null` where the page has none of that name. */
export type Documents = Readonly<Record<string, (view: PageView) => PageDocument>>;

export interface PageDocument {
  readonly contentType: string;
  readonly text: string;
}

export const jsonDocument = (value: unknown): PageDocument => ({
  contentType: 'application/json; charset=utf-8',
  text: JSON.stringify(value),
});

export const timeOf = (view: PageView, elapsedMs: number): string => new Date(view.originMs + elapsedMs).toISOString();

/** Statuspage's ids are short, incident.io's are ULIDs. */
export function idOf({ page, seed }: PageView, what: string): string {
  const random = createRandom(`${seed}/${page.id}/${what}`);
  return page.platform === 'statuspage'
    ? random.text(12, '0123456789bcdfghjklmnpqrstvwxyz')
    : `01K${random.text(23, '0123456789ABCDEFGHJKMNPQRSTVWXYZ')}`;
}

/** What every document says of the page. `updated_at` moves when something is posted, not when somebody asks. */
export const pageOf = (view: PageView) => ({
  id: view.page.id,
  name: view.page.name,
  url: view.url,
  time_zone: 'Etc/UTC',
  updated_at: timeOf(view, view.state.updatedAtMs),
});

export const openIncidents = ({ state }: PageView): readonly IncidentState[] => state.incidents.filter(isOpen);

/** The word over the whole page, from its components: https://support.atlassian.com/statuspage/docs/top-level-status-and-incident-impact-calculations/ */
export function indicatorOf({ state }: PageView): {
  readonly indicator: Impact | 'maintenance';
  readonly description: string;
} {
  const statuses = [...state.components.values()].map(({ status }) => status);
  const worst = WORST_FIRST.find((status) => statuses.includes(status)) ?? 'operational';
  return INDICATORS[worst];
}

const WORST_FIRST = ['major_outage', 'partial_outage', 'degraded_performance', 'under_maintenance'] as const;

const INDICATORS = {
  major_outage: { indicator: 'critical', description: 'Major System Outage' },
  partial_outage: { indicator: 'major', description: 'Partial System Outage' },
  degraded_performance: { indicator: 'minor', description: 'Partially Degraded Service' },
  under_maintenance: { indicator: 'maintenance', description: 'Service Under Maintenance' },
  operational: { indicator: 'none', description: 'All Systems Operational' },
} as const satisfies Readonly<Record<ComponentStatus, ReturnType<typeof indicatorOf>>>;
