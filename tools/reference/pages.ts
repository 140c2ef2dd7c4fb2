import { renderAttributesPage } from './attributes-page.ts';
import { renderConfigurationPage } from './configuration-page.ts';
import { renderEventsAndSpansPage } from './events-and-spans-page.ts';
import { renderFaultsPage } from './faults-page.ts';
import { renderMetricsPage } from './metrics-page.ts';
import { renderVerdictsPage } from './verdicts-page.ts';

/** Every generated page, by its path from the root. */
export const PAGES = {
  'docs/reference/attributes.md': renderAttributesPage,
  'docs/reference/configuration.md': renderConfigurationPage,
  'docs/reference/events-and-spans.md': renderEventsAndSpansPage,
  'docs/reference/faults.md': renderFaultsPage,
  'docs/reference/metrics.md': renderMetricsPage,
  'docs/reference/verdicts.md': renderVerdictsPage,
} as const satisfies Readonly<Record<string, () => string>>;
