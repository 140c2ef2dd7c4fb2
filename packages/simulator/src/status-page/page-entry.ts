import type { PageFaultName } from './page-faults.ts';

/** In the words of Statuspage v2: https://metastatuspage.com/api */
export const COMPONENT_STATUSES = [
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
] as const;
export type ComponentStatus = (typeof COMPONENT_STATUSES)[number];

export const INCIDENT_STATUSES = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

export const IMPACTS = ['none', 'minor', 'major', 'critical'] as const;
export type Impact = (typeof IMPACTS)[number];

/** Statuses by the component's name or id. */
export type ComponentStatuses = Readonly<Record<string, ComponentStatus>>;

/** What is done to a vendor's status page, and when. Times are milliseconds since the schedule began. */
export type PageEntry = Post | Edit | ComponentChange | PageFault;

/** What a vendor may write of an incident. */
interface Wording {
  readonly title?: string;
  readonly impact?: Impact;
  readonly text?: string;
  /** When the vendor says that it began, which may be long before the first post. */
  readonly startedAtMs?: number;
  /** The time that stands over the post, where it is not the time at which it appeared. */
  readonly datedAtMs?: number;
}

/** A new update of an incident. The first one opens it. */
export interface Post extends Wording {
  readonly kind: 'post';
  readonly atMs: number;
  /** Names the incident within the schedule. */
  readonly incident: string;
  readonly status: IncidentStatus;
  readonly components?: ComponentStatuses;
  /** Takes all components off the incident, as vendors do when they resolve one. */
  readonly unlink?: boolean;
}

/** Changes what stands there, after the fact; the text is that of the last update. */
export interface Edit extends Wording {
  readonly kind: 'edit';
  readonly atMs: number;
  readonly incident: string;
}

/** A component changes without a word. */
export interface ComponentChange {
  readonly kind: 'components';
  readonly atMs: number;
  readonly components: ComponentStatuses;
}

/** The page itself fails. */
export interface PageFault {
  readonly kind: 'fault';
  readonly atMs: number;
  /** For ever, if left out. */
  readonly untilMs?: number;
  readonly fault: PageFaultName;
  /** How late a `slow` page is. */
  readonly delayMs?: number;
}
