import { type AlertName } from '../alerts/alerts.ts';
import type { Category, Severity } from '../alerts/categories.ts';
import { type LabelId, labelName } from '../promql/labels.ts';
import { DECLARED } from '../render/rule-groups.ts';

/** Where notifications go; who or what is behind each name is yours to fill in. */
const RECEIVERS = {
  'brownout-page': 'wakes somebody up',
  'brownout-ticket': 'is looked at today',
  'brownout-vendors': 'what vendors say of themselves, beside what we see',
  'brownout-account': 'limits, quotas and credentials: whoever owns the accounts',
  'brownout-telemetry': 'whoever runs the telemetry',
  'brownout-log': 'is read when something else fires',
} as const;

type Receiver = keyof typeof RECEIVERS;

/** The first that fits: severity before category, so that what wakes people never depends on whose it is. */
const ROUTES = [
  { severity: 'critical', receiver: 'brownout-page', repeat: '1h' },
  { severity: 'info', receiver: 'brownout-log', repeat: '24h' },
  { categories: ['vendor_status'], receiver: 'brownout-vendors' },
  { categories: ['quota', 'tokens'], receiver: 'brownout-account' },
  { categories: ['telemetry'], receiver: 'brownout-telemetry' },
] as const satisfies readonly {
  readonly severity?: Severity;
  readonly categories?: readonly Category[];
  readonly receiver: Receiver;
  readonly repeat?: string;
}[];

interface Inhibition {
  readonly why: string;
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly equal: readonly (LabelId | 'alertname')[];
}

const alert = (name: AlertName): string => `alertname="${name}"`;
const oneOf = (label: string, values: readonly string[]): string =>
  `${label}${values.length === 1 ? '=' : '=~'}"${values.join('|')}"`;
const severity = (...values: readonly Severity[]): string => oneOf('severity', values);
const category = (...values: readonly Category[]): string => oneOf('category', values);
const declared = `${DECLARED}="true"`;
const notDeclared = `${DECLARED}!="true"`;

/** What need not be told beside something else. A label that both lack counts as equal, so every source has all of its own. */
const INHIBITIONS: readonly Inhibition[] = [
  {
    why: 'A vendor that is down is slow, silent and full of retries as well. What users get (goodput, fallbacks, tasks) goes on to be told.',
    source: [alert('BrownoutVendorDown')],
    target: [severity('warning', 'info'), category('slow', 'stalled', 'content', 'inconsistent', 'retry')],
    equal: ['providerName'],
  },
  {
    why: 'While the vendor is down, that its page says nothing of it is told with it.',
    source: [alert('BrownoutVendorDown'), severity('critical')],
    target: [alert('BrownoutGrayFailure')],
    equal: ['providerName'],
  },
  {
    why: 'What the vendor declares wakes nobody up: the same alert goes on as a warning, which is its twin. Nothing is hidden.',
    source: [declared],
    target: [severity('critical')],
    equal: ['alertname', 'providerName', 'requestModel'],
  },
  {
    why: 'A budget that burns fast burns slowly as well. The twin of a declared incident is not meant.',
    source: [severity('critical'), category('goodput')],
    target: [severity('warning'), category('goodput'), notDeclared],
    equal: ['alertname', 'providerName', 'requestModel', 'useCase'],
  },
  {
    why: 'A use case that lives on its fallback uses it.',
    source: [alert('BrownoutFallbackSaturated')],
    target: [alert('BrownoutFallbackActive')],
    equal: ['useCase'],
  },
];

/** Alertmanager's configuration, with receivers that have no addresses yet. */
export const alertmanagerConfiguration = () => ({
  route: {
    receiver: 'brownout-ticket' satisfies Receiver,
    // One notification for each vendor and use case, not for each symptom.
    group_by: [labelName('providerName'), labelName('useCase')],
    group_wait: '30s',
    group_interval: '5m',
    repeat_interval: '12h',
    routes: ROUTES.map((route) => ({
      matchers: ['severity' in route ? severity(route.severity) : category(...route.categories)],
      receiver: route.receiver,
      ...('repeat' in route ? { repeat_interval: route.repeat } : {}),
    })),
  },
  inhibit_rules: INHIBITIONS.map(({ source, target, equal }) => ({
    source_matchers: source,
    target_matchers: target,
    equal: equal.map((label) => (label === 'alertname' ? label : labelName(label))),
  })),
  receivers: Object.keys(RECEIVERS).map((name) => ({ name })),
});

/** What its head says: which receiver is for what, and why something is not told. */
export const ABOUT_ALERTMANAGER = [
  'Receivers, to be given addresses of yours:',
  ...Object.entries(RECEIVERS).map(([name, purpose]) => `  ${name}: ${purpose}`),
  'Inhibitions, in their order:',
  ...INHIBITIONS.map(({ why }) => `  ${why}`),
].join('\n');
