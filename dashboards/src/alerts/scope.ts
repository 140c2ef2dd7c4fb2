import { above, and, atLeast, countBy, dividedBy, equals, number } from '../promql/expression.ts';
import { recorded } from '../promql/series.ts';
import { LEVELS, SYMPTOM_WINDOW } from '../recording/record.ts';
import { SERVICES } from '../recording/services.ts';
import { alert } from './alert.ts';
import { WHOSE_IS_IT } from './diagnosis.ts';
import type { Chosen } from './settings.ts';
import { atLeastCalls } from './settings.ts';
import { labelValue, VALUE, valueOf } from './templates.ts';

const PROVIDER = LEVELS.provider;

const SETTINGS = {
  share: {
    kind: 'share',
    default: 0.1,
    meaning: "share of a service's calls that were not usable by the vendor's fault",
  },
  calls: atLeastCalls(20, 'calls of a service'),
  services: { kind: 'count', default: 3, meaning: 'fewest services that say something of all' },
} as const;

const asked = ({ calls }: Pick<Chosen<typeof SETTINGS>, 'calls'>) => atLeast(recorded(SERVICES.counted), number(calls));

const affected = (chosen: Chosen<typeof SETTINGS>) =>
  and(above(recorded(SERVICES.vendorFault), number(chosen.share)), asked(chosen));

const enoughServices = (chosen: Chosen<typeof SETTINGS>) =>
  atLeast(countBy(PROVIDER, asked(chosen)), number(chosen.services));

export const SCOPE_ALERTS = {
  BrownoutFleetWide: alert({
    category: 'scope',
    severity: 'warning',
    for: '5m',
    keepFiringFor: '5m',
    settings: { ...SETTINGS, most: { kind: 'share', default: 0.75, meaning: 'share of services that are affected' } },
    labels: PROVIDER,
    rules: (chosen) => [
      {
        expression: and(
          above(dividedBy(countBy(PROVIDER, affected(chosen)), countBy(PROVIDER, asked(chosen))), number(chosen.most)),
          enoughServices(chosen),
        ),
        description: `${VALUE.share} of the services that call ${labelValue('providerName')} got unusable answers by its fault in the last ${SYMPTOM_WINDOW}.`,
      },
    ],
    summary: 'Nearly every service is hit: it is the vendor, not one of ours.',
    dashboard: 'overview',
    runbook: {
      meaning: 'Services that share nothing but the vendor are hit at the same time.',
      impact: 'Everything that asks this provider.',
      ...WHOSE_IS_IT,
      mitigation: [
        'One incident for all of them, one person who talks to the vendor.',
        'Switch routes for all services at once.',
      ],
      over: 'Fewer services are affected; the alerts on the symptoms tell which.',
      falsePositives: ['Services that share a proxy or a library with a fault of its own.'],
    },
  }),
  BrownoutOneServiceOnly: alert({
    category: 'scope',
    severity: 'info',
    for: '5m',
    keepFiringFor: '5m',
    settings: SETTINGS,
    labels: LEVELS.provider_service,
    rules: (chosen) => [
      {
        expression: and(
          and(affected(chosen), equals(countBy(PROVIDER, affected(chosen)), number(1)), { on: PROVIDER }),
          enoughServices(chosen),
          { on: PROVIDER },
        ),
        description: `${VALUE.share} of the ${valueOf(SERVICES.counted)} calls of ${labelValue('job')} to ${labelValue('providerName')} in the last ${SYMPTOM_WINDOW} were not usable; no other service is hit.`,
      },
    ],
    summary: 'One service alone is hit: it is probably one of ours.',
    dashboard: 'overview',
    runbook: {
      meaning: 'Several services call the same provider, and one of them gets unusable answers.',
      impact: 'That service.',
      ...WHOSE_IS_IT,
      mitigation: [
        'Look at what this service deployed last, and at its prompts, budgets, model and region.',
        'Do not call the vendor first.',
      ],
      over: 'The service is well, or others are hit as well.',
      falsePositives: ['It alone uses the model that is ill: compare the models on the dashboard.'],
    },
  }),
} as const;
