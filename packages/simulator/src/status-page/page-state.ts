import type {
  ComponentStatus,
  ComponentStatuses,
  Edit,
  Impact,
  IncidentStatus,
  PageEntry,
  PageFault,
  Post,
} from './page-entry.ts';
import { findComponent, type VendorPage } from './vendor-pages.ts';

/** What stands on a page at a moment. Times are milliseconds since the schedule began. */
export interface PageState {
  readonly components: ReadonlyMap<string, ComponentState>;
  /** Newest first. */
  readonly incidents: readonly IncidentState[];
  readonly updatedAtMs: number;
}

export interface ComponentState {
  readonly status: ComponentStatus;
  readonly updatedAtMs: number;
}

export interface IncidentState {
  /** Its name within the schedule. */
  readonly key: string;
  readonly title: string;
  readonly impact: Impact;
  readonly status: IncidentStatus;
  readonly createdAtMs: number;
  readonly startedAtMs: number;
  readonly updatedAtMs: number;
  readonly monitoringAtMs: number | null;
  readonly resolvedAtMs: number | null;
  /** Newest first. */
  readonly updates: readonly UpdateState[];
  /** Ids of those that are still linked to it. */
  readonly components: readonly string[];
}

export interface UpdateState {
  readonly status: IncidentStatus;
  readonly text: string;
  readonly createdAtMs: number;
  readonly displayAtMs: number;
  readonly updatedAtMs: number;
  readonly changes: readonly ComponentMove[];
}

export interface ComponentMove {
  readonly id: string;
  readonly from: ComponentStatus;
  readonly to: ComponentStatus;
}

export const isOpen = ({ status }: IncidentState): boolean => status !== 'resolved' && status !== 'postmortem';

/** The fault of the page at a time, or `null`. */
export function pageFaultAt(entries: readonly PageEntry[], elapsedMs: number): PageFault | null {
  const isOn = (entry: PageEntry): entry is PageFault =>
    entry.kind === 'fault' && entry.atMs <= elapsedMs && elapsedMs < (entry.untilMs ?? Infinity);
  return entries.findLast(isOn) ?? null;
}

/** What the vendor has put on its page so far. */
export function pageStateAt(page: VendorPage, entries: readonly PageEntry[], elapsedMs: number): PageState {
  const blank: PageState = {
    components: new Map(page.components.map(({ id }) => [id, { status: 'operational', updatedAtMs: 0 }])),
    incidents: [],
    updatedAtMs: 0,
  };
  return entries
    .filter(({ atMs }) => atMs <= elapsedMs)
    .reduce((state, entry) => applyEntry(page, state, entry), blank);
}

function applyEntry(page: VendorPage, state: PageState, entry: PageEntry): PageState {
  switch (entry.kind) {
    case 'fault':
      return state;
    case 'components':
      return { ...state, ...moved(page, state, entry.components, entry.atMs), updatedAtMs: entry.atMs };
    case 'edit':
      return {
        ...state,
        incidents: state.incidents.map((one) => (one.key === entry.incident ? edited(one, entry) : one)),
        updatedAtMs: entry.atMs,
      };
    case 'post': {
      const { components, changes } = moved(page, state, entry.components ?? {}, entry.atMs);
      const before = state.incidents.find(({ key }) => key === entry.incident);
      const others = state.incidents.filter((one) => one !== before);
      return { components, incidents: [posted(before, entry, changes), ...others], updatedAtMs: entry.atMs };
    }
  }
}

function moved(page: VendorPage, state: PageState, statuses: ComponentStatuses, atMs: number) {
  const changes = Object.entries(statuses).flatMap(([nameOrId, to]): readonly ComponentMove[] => {
    const id = findComponent(page, nameOrId)?.id;
    const from = id === undefined ? undefined : state.components.get(id)?.status;
    return id === undefined || from === undefined ? [] : [{ id, from, to }];
  });
  const components = new Map([
    ...state.components,
    ...changes.map(({ id, to }): [string, ComponentState] => [id, { status: to, updatedAtMs: atMs }]),
  ]);
  return { components, changes };
}

function posted(before: IncidentState | undefined, post: Post, changes: readonly ComponentMove[]): IncidentState {
  const { atMs, status } = post;
  const datedAtMs = post.datedAtMs ?? atMs;
  const update: UpdateState = {
    status,
    text: post.text ?? '',
    createdAtMs: atMs,
    displayAtMs: datedAtMs,
    updatedAtMs: atMs,
    changes,
  };
  const linked = [...new Set([...(before?.components ?? []), ...changes.map(({ id }) => id)])];
  return {
    key: post.incident,
    title: post.title ?? before?.title ?? post.incident,
    impact: post.impact ?? before?.impact ?? 'none',
    status,
    createdAtMs: before?.createdAtMs ?? datedAtMs,
    startedAtMs: post.startedAtMs ?? before?.startedAtMs ?? datedAtMs,
    updatedAtMs: atMs,
    monitoringAtMs: status === 'monitoring' ? datedAtMs : (before?.monitoringAtMs ?? null),
    resolvedAtMs:
      status === 'resolved' ? datedAtMs : status === 'postmortem' ? (before?.resolvedAtMs ?? datedAtMs) : null,
    updates: [update, ...(before?.updates ?? [])],
    components: post.unlink === true ? [] : linked,
  };
}

function edited(incident: IncidentState, edit: Edit): IncidentState {
  const { atMs } = edit;
  const [last, ...earlier] = incident.updates;
  const updates = last && [
    {
      ...last,
      text: edit.text ?? last.text,
      displayAtMs: edit.datedAtMs ?? last.displayAtMs,
      updatedAtMs: atMs,
    },
    ...earlier,
  ];
  return {
    ...incident,
    title: edit.title ?? incident.title,
    impact: edit.impact ?? incident.impact,
    startedAtMs: edit.startedAtMs ?? incident.startedAtMs,
    updatedAtMs: atMs,
    updates: updates ?? [],
  };
}
