import * as v from 'valibot';
import { type Component, type Incident, type Reading, type Status, unknown } from './snapshot.ts';

/** `full_outage` is incident.io's word in its copy of the format. */
const STATUSES: Readonly<Record<string, Status>> = {
  operational: 'operational',
  degraded_performance: 'degraded',
  partial_outage: 'partial_outage',
  major_outage: 'major_outage',
  full_outage: 'major_outage',
  under_maintenance: 'maintenance',
};

const PAGE = v.object({ components: v.array(v.unknown()), incidents: v.optional(v.array(v.unknown())) });
const NAMED = v.object({ name: v.string(), group: v.optional(v.nullable(v.boolean())) });
const COMPONENT = v.object({ name: v.string(), status: v.picklist(Object.keys(STATUSES)) });
const INCIDENT = v.object({
  id: v.string(),
  name: v.string(),
  impact: v.string(),
  status: v.string(),
  shortlink: v.optional(v.nullable(v.string())),
});

/** Incidents that are over stay listed for a while on some pages. */
const CLOSED = new Set(['resolved', 'postmortem']);

/**
 * Reads a Statuspage v2 `summary.json`. A component that does not back the API may have any shape; one that does, or an
 * incident, that cannot be read makes the whole page unknown, because half a page may hide the half that is broken.
 */
export function readStatuspage(text: string, backing: readonly string[]): Reading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unknown('body: it is not JSON');
  }
  const page = v.safeParse(PAGE, json);
  if (!page.success) return unknown(...problemsAt('', page.issues));

  const problems: string[] = [];
  const components = page.output.components.flatMap((row, index): readonly Component[] => {
    const named = v.safeParse(NAMED, row);
    if (!named.success || named.output.group === true) return [];
    if (!backing.some((beginning) => named.output.name.startsWith(beginning))) return [];
    const component = v.safeParse(COMPONENT, row);
    if (!component.success) problems.push(...problemsAt(`components.${index}.`, component.issues));
    const status = component.success ? STATUSES[component.output.status] : undefined;
    return status === undefined ? [] : [{ name: named.output.name, status }];
  });
  const missing = backing.filter((beginning) => !components.some(({ name }) => name.startsWith(beginning)));
  if (problems.length === 0) {
    problems.push(...missing.map((name) => `components: none is named "${name}", which backs the API`));
  }
  const incidents = page.output.incidents?.flatMap((row, index): readonly Incident[] => {
    const incident = v.safeParse(INCIDENT, row);
    if (!incident.success) {
      problems.push(...problemsAt(`incidents.${index}.`, incident.issues));
      return [];
    }
    const { shortlink = null, ...rest } = incident.output;
    return CLOSED.has(rest.status) ? [] : [{ ...rest, url: shortlink }];
  });
  if (problems.length > 0) return unknown(...problems);
  return { kind: 'understood', snapshot: { components, incidents: incidents ?? null } };
}

const problemsAt = (place: string, issues: readonly v.BaseIssue<unknown>[]): readonly string[] =>
  issues.map((issue) => `${place}${v.getDotPath(issue) ?? 'itself'}: ${issue.message}`);
