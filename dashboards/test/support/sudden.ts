import { ALERTS } from '../../src/alerts/alerts.ts';
import type { Setting } from '../../src/alerts/settings.ts';
import type { Scenario } from './scenario.ts';
import { isBornBad } from './values.ts';

/**
 * The same trouble as it begins, where an alert also looks at the last five minutes: after so much traffic that nothing is seen of it
 * over a quarter of an hour, so many times the share that is borne, and so many bad calls in all. None where the alert does not look.
 */
export function suddenly(scenario: Scenario, badCalls: number, timesBorne: number): Scenario | undefined {
  const { alert, series, phases, expected } = scenario;
  const settings: Readonly<Record<string, Setting>> = ALERTS[alert].settings;
  const borne = settings['sudden']?.default;
  const share = Number(/^[\d.]+(?=% )/.exec(expected[0]?.annotations['description'] ?? '')?.[0]) / 100;
  if (borne === undefined || Number.isNaN(share)) return undefined;
  const bad = series.flatMap(({ values, ...named }) =>
    values.kind === 'counter' && isBornBad(values)
      ? [{ pace: values.bad, isCall: 'metric' in named && named.metric === 'calls' }]
      : [],
  );
  // Calls add up; of anomalies, of which a call may have several, the most frequent one counts.
  const most = Math.max(
    bad.reduce((sum, { pace, isCall }) => sum + (isCall ? pace : 0), 0),
    ...bad.map(({ pace }) => pace),
  );
  if (most === 0) return undefined;
  const wanted = timesBorne * borne;
  // Bad calls are among those that they are a share of, anomalies are beside them.
  const isAmong = bad.some(({ isCall }) => isCall);
  const worse = isAmong ? (wanted / (1 - wanted)) * (1 / share - 1) : wanted / share;
  const traffic = badCalls / MINUTES / (most * worse);
  return {
    ...scenario,
    phases: { healthy: phases.healthy, bad: MINUTES + 3, after: 0 },
    series: series.map((one) =>
      one.values.kind === 'counter'
        ? {
            ...one,
            values: {
              ...one.values,
              healthy: one.values.healthy * traffic * BEFORE,
              bad: one.values.bad * traffic * (isBornBad(one.values) ? worse : 1),
            },
          }
        : one,
    ),
  };
}

/** When the window of five minutes holds the beginning and nothing else. */
export const seenSuddenly = ({ phases }: Scenario): number => phases.healthy + MINUTES + 1;

const MINUTES = 5;
/** How many times more traffic there was before. */
const BEFORE = 12;
