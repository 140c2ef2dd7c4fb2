import type { Incident } from './incident.ts';

/** What of a status page backs which API. */
export interface Coverage {
  /** Each has to be on the page, else the page is not the one that the table was written for. */
  readonly components: readonly Backing[];
  /** Beginnings of the names of components that back no API though a row of `components` fits them. */
  readonly ignored?: readonly string[];
}

export interface Backing {
  /** The beginning of the component's name on the page; `''` is every component. */
  readonly component: string;
  /** `gen_ai.provider.name` of the calls that it serves. */
  readonly provider: string;
}

/** Rows for several components that serve one provider. */
export const backing = (provider: string, ...components: readonly string[]): readonly Backing[] =>
  components.map((component) => ({ component, provider }));

/** The providers that a component of the page serves; none where it backs no API. */
export function providersOf(component: string, { components, ignored = [] }: Coverage): readonly string[] {
  if (ignored.some((beginning) => component.startsWith(beginning))) return [];
  return unique(components.filter((row) => component.startsWith(row.component)).map(({ provider }) => provider));
}

/** Every provider that the page is about. */
export const allProviders = ({ components }: Coverage): readonly string[] =>
  unique(components.map(({ provider }) => provider));

/** What an incident says that it is about, as far as that is an API. */
export type Concern = Pick<Incident, 'components' | 'providers'>;

/**
 * Which APIs an incident concerns that names these components; `null` where it names some and none backs an API. One
 * that names none may concern any: vendors were seen to post outages of a model without a component.
 */
export function concernOf(named: readonly string[], coverage: Coverage): Concern | null {
  if (named.length === 0) return { components: [], providers: allProviders(coverage) };
  const components = unique(named).filter((name) => providersOf(name, coverage).length > 0);
  if (components.length === 0) return null;
  return { components, providers: unique(components.flatMap((name) => providersOf(name, coverage))) };
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
