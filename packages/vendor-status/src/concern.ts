import type { Incident } from './incident.ts';
import type { Backing } from './vendors.ts';

/** What an incident says that it is about, as far as that is an API. */
export type Concern = Pick<Incident, 'components' | 'providers'>;

/** The rows of the table that a component of the page stands in. */
export const rowsFor = (component: string, backing: readonly Backing[]): readonly Backing[] =>
  backing.filter((row) => component.startsWith(row.component));

/**
 * Which APIs an incident concerns that names these components; `null` where it names some and none backs an API.
 * One that names none may concern any: vendors were seen to post outages of a model without a component.
 */
export function concernOf(named: readonly string[], backing: readonly Backing[]): Concern | null {
  const providersOf = (rows: readonly Backing[]) => [...new Set(rows.map(({ provider }) => provider))];
  if (named.length === 0) return { components: [], providers: providersOf(backing) };
  const components = [...new Set(named)].filter((name) => rowsFor(name, backing).length > 0);
  if (components.length === 0) return null;
  return { components, providers: providersOf(components.flatMap((name) => rowsFor(name, backing))) };
}
