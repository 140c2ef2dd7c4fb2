import type { Config } from '../../config/schema.ts';
import { and, type Expression } from '../../promql/expression.ts';
import type { LabelId } from '../../promql/labels.ts';
import type { LabelOfMetric, Matchers } from '../../promql/matchers.ts';
import { LEVELS } from '../../recording/record.ts';
import { OBJECTIVES } from '../../recording/objectives.ts';
import type { Panel } from '../panel.ts';
import { countOf, pickRecorded, rateOf, share, some, worst } from '../queries.ts';
import { CODE, COUNT, perSecond, SHARE } from '../units.ts';
import { BROWNOUT, callShare, callShareInRange, NOT_SERVED, verdictState } from '../verdict-queries.ts';

/** Panels on calls that more than one dashboard has. Each says only what differs. */

export const MODEL = LEVELS.provider_model;

/** What a dashboard says of a shared panel itself. */
type Own = Pick<Panel, 'shows' | 'bad'> & Partial<Panel>;

/** Usable, degraded or in a brownout, over time. */
export const verdicts = (by: readonly LabelId[], config: Config, own: Own): Panel => ({
  kind: 'states',
  title: 'What we see',
  of: 'Calls that got a 2xx status line.',
  unit: CODE,
  scale: 'verdict',
  queries: [{ expression: verdictState(by, config), by }],
  width: 24,
  height: 5,
  traces: true,
  ...own,
});

/** The headline number of each model, over time. */
export const brownoutShare = (own: Partial<Panel>): Panel => ({
  kind: 'lines',
  title: 'Brownout share',
  shows: "Answers that look fine to uptime monitoring and are not usable by the vendor's fault, per model.",
  bad: 'Above the dashed line; one line alone is a model, all lines together are you.',
  of: 'Calls of that model that got a 2xx status line.',
  unit: SHARE,
  queries: [{ expression: callShare(MODEL, BROWNOUT), by: MODEL }],
  threshold: { alert: 'BrownoutGrayFailure', setting: 'share', bad: 'above' },
  width: 12,
  traces: true,
  ...own,
});

/** The reasons of calls that were degraded or unusable, in the colours of reasons. */
export const reasons = (own: Partial<Panel> = {}, where: Matchers<LabelOfMetric<'calls'>> = {}): Panel => ({
  kind: 'stacked',
  title: 'Why calls were not usable',
  shows: 'The reasons of calls that were degraded or unusable.',
  bad: 'Any colour that was not there yesterday. Yellows are late, reds broken off, purples useless, oranges refused or not reached, blues blocked or mistakes of the caller.',
  of: 'Calls per second, at their end; usable and cancelled ones are left out.',
  unit: perSecond('calls'),
  queries: [
    {
      expression: some(
        rateOf(['reason'], 'calls', { where: { verdict: { anyOf: ['degraded', 'unusable'] }, ...where } }),
      ),
      by: ['reason'],
    },
  ],
  colours: 'reason',
  width: 12,
  traces: true,
  empty: 'Every call was usable',
  ...own,
});

export const faults: Panel = {
  kind: 'stacked',
  title: 'Whose fault',
  shows: 'Who is at fault for the calls that were not usable.',
  bad: 'Red is the vendor, orange your limits, purple the network, blue yourselves.',
  of: 'Calls per second, at their end; those without a fault are left out.',
  unit: perSecond('calls'),
  queries: [{ expression: some(rateOf(['fault'], 'calls', { where: { fault: { not: ['none'] } } })), by: ['fault'] }],
  colours: 'fault',
  width: 12,
  traces: true,
  empty: 'Nobody was at fault for anything',
};

/** The share that budget burn alerts look at. */
export const objectiveOverAnHour = (of: 'provider_model' | 'use_case'): Panel => ({
  kind: 'lines',
  title: 'The objective, over an hour',
  shows: 'The share that the alerts on budget burn look at, over one hour.',
  bad: 'Above the dashed line the budget is spent faster than it is given; the alerts fire at multiples of it.',
  unit: SHARE,
  width: 12,
  ...(of === 'provider_model'
    ? {
        of: 'Calls of the model that got a 2xx status line in the last hour.',
        queries: [{ expression: pickRecorded(OBJECTIVES.provider_model.share['1h']), by: MODEL }],
        threshold: { alert: 'BrownoutBudgetBurn', setting: 'objective', bad: 'above' },
      }
    : {
        of: 'Calls of the use case in the last hour that say something of the vendor.',
        queries: [{ expression: pickRecorded(OBJECTIVES.use_case.share['1h']), by: LEVELS.use_case }],
        threshold: { alert: 'BrownoutUseCaseBudgetBurn', setting: 'objective', bad: 'above' },
      }),
});

/** How many calls did not serve, and what share of them that is: the most first. */
export const notServed = (by: readonly LabelId[], own: Own & Pick<Panel, 'title'>): Panel =>
  served(by, NOT_SERVED.part, ['Not served', 'Share'], { empty: 'Every call was served', ...own });

/** Which use case calls which model, and how often in vain. */
export const useCasesOfModels = (own: Own & Pick<Panel, 'title' | 'leadsTo'>): Panel =>
  served([...LEVELS.use_case, ...MODEL], NOT_SERVED.whole, ['Calls', 'Not served'], own);

/** How many calls of a kind there are, the most first, and beside them what share of all calls did not serve. */
const served = (
  by: readonly LabelId[],
  where: Matchers<LabelOfMetric<'calls'>>,
  [calls, shareOfThem]: readonly [calls: string, share: string],
  own: Own & Pick<Panel, 'title'>,
): Panel => ({
  kind: 'table',
  of: 'Calls that say something of the vendor: without those that the caller stopped or got wrong.',
  unit: COUNT,
  queries: [
    { expression: mostOf(by, where), by, name: calls },
    {
      expression: and(callShareInRange(by, NOT_SERVED), mostOf(by, where)),
      by,
      name: shareOfThem,
      unit: SHARE,
    },
  ],
  width: 12,
  ...own,
});

const mostOf = (by: readonly LabelId[], where: Matchers<LabelOfMetric<'calls'>>): Expression =>
  worst(10, some(countOf(by, 'calls', { where })));

/** What fell back, per use case. */
export const fallbackShare = (own: Partial<Panel>): Panel => ({
  kind: 'lines',
  title: 'Fallbacks',
  shows: 'Calls that another model or provider took over, per use case.',
  threshold: { alert: 'BrownoutFallbackActive', setting: 'share', bad: 'above' },
  bad: 'Above the dashed line: users are served, by something slower, dearer or weaker.',
  of: 'All calls of the use case.',
  unit: SHARE,
  queries: [
    {
      expression: share(rateOf(LEVELS.use_case, 'fallbacks'), rateOf(LEVELS.use_case, 'calls')),
      by: LEVELS.use_case,
    },
  ],
  width: 8,
  ...own,
});
