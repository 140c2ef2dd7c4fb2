import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  type DashboardLinkBuilder,
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  type Panel as BuiltPanel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as HeatmapBuilder } from '@grafana/grafana-foundation-sdk/heatmap';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as LinesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { AlertName } from '../alerts/alerts.ts';
import type { Config } from '../config/schema.ts';
import { COLOURS, SIGNAL } from './colours.ts';
import { buildQuery, METRICS_SOURCE, refId } from './build-query.ts';
import { headingOf } from './headings.ts';
import { drillDown, runbookLink, tracesLink } from './links.ts';
import type { Limits, Panel, Query, Threshold as AlertThreshold } from './panel.ts';
import { mappingsOf } from './states.ts';
import { columnsOf } from './table.ts';
import { isWhole, SHARE } from './units.ts';
import { thresholdValue } from './thresholds.ts';

type AnyBuilder = LinesBuilder | StatBuilder | TimelineBuilder | TableBuilder | HeatmapBuilder;

const DEFAULT_HEIGHT = 8;
/** In pixels: where names take the same width, panels under each other have the same axis of time. */
const NAMES_WIDTH = 270;
const WHOLE_WIDTH = 24;

/** A panel as Grafana's builder takes it. `alerts` are those whose runbooks it links. */
export function buildPanel(panel: Panel, alerts: readonly AlertName[], config: Config): { build(): BuiltPanel } {
  const built = drawn(panel, config);
  built
    .title(panel.title)
    .description(descriptionOf(panel))
    .datasource(METRICS_SOURCE)
    .targets(panel.queries.map((query, index) => buildQuery(query, index, panel.kind)))
    .span(panel.width)
    .height(panel.height ?? DEFAULT_HEIGHT)
    .unit(panel.unit)
    .noValue(panel.empty ?? 'No calls in this range')
    .links(alerts.map((alert) => runbookLink(alert, config)))
    .dataLinks(dataLinks(panel));
  if (panel.scale !== undefined) built.mappings(mappingsOf(panel.scale));
  if (isWhole(panel.unit)) built.decimals(0);
  // Half of a number is half as high.
  if (panel.kind === 'lines' || panel.kind === 'stacked') built.min(0);
  return built;
}

const descriptionOf = ({ shows, bad, of }: Panel): string =>
  `${shows}\n\n**Bad:** ${bad}\n\n**Measured against:** ${of}`;

/** All labels that every query of a panel has: what a link from any of its series can carry. */
function dataLinks({ kind, queries, leadsTo, traces }: Panel): DashboardLinkBuilder[] {
  const clicked = kind === 'table' ? 'row' : 'series';
  const by = queries[0].by.filter((id) => queries.every((query) => query.by.includes(id)));
  return [
    ...(leadsTo === undefined ? [] : [drillDown(leadsTo, by, clicked)]),
    ...(traces === true ? [tracesLink(by, clicked)] : []),
  ];
}

function drawn(panel: Panel, config: Config): AnyBuilder {
  switch (panel.kind) {
    case 'lines':
    case 'stacked':
      return lines(panel, config);
    case 'number':
      return new StatBuilder()
        .colorMode(common.BigValueColorMode.Value)
        .graphMode(common.BigValueGraphMode.None)
        .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
        .thresholds(thresholds(panel, config));
    case 'states':
      return timeline(panel);
    case 'table':
      return withColumns(new TableBuilder().thresholds(thresholds(panel, config)), panel, config);
    case 'heatmap':
      return new HeatmapBuilder().cellGap(1).hideLegend();
  }
}

function timeline({ width }: Panel): TimelineBuilder {
  const built = new TimelineBuilder()
    .mergeValues(true)
    .showValue(common.VisibilityMode.Never)
    .rowHeight(0.8)
    .fillOpacity(85)
    .lineWidth(0)
    .legend(legend());
  return width === WHOLE_WIDTH ? built.axisWidth(NAMES_WIDTH) : built;
}

function lines(panel: Panel, config: Config): LinesBuilder {
  const built = new LinesBuilder()
    .lineWidth(2)
    .fillOpacity(panel.kind === 'stacked' ? 60 : 0)
    .showPoints(common.VisibilityMode.Never)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .legend(legend())
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        // oxlint-disable-next-line unicorn/no-array-sort -- a builder, no array
        .sort(common.SortOrder.Descending),
    );
  // What is bad is seen, and a line at zero is not drawn on an axis that ends nowhere.
  const top = softMax(panel, config);
  if (top > 0) built.axisSoftMax(top);
  if (panel.kind === 'stacked')
    built.lineWidth(0).stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal));
  if (panel.threshold !== undefined)
    built
      .thresholds(thresholds(panel, config))
      .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed));
  for (const [index, { dashed }] of panel.queries.entries())
    if (dashed === true)
      built.overrideByQuery(refId(index), [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 6] } }]);
  for (const [value, color] of Object.entries(panel.colours === undefined ? {} : COLOURS[panel.colours]))
    built.overrideByName(value, [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: color } }]);
  return built;
}

const softMax = ({ threshold, unit }: Panel, config: Config): number =>
  Math.max(unit === SHARE ? LOWEST_TOP : 0, threshold === undefined ? 0 : thresholdValue(threshold, config));

const LOWEST_TOP = 0.05;

const legend = (): common.VizLegendOptionsBuilder =>
  new common.VizLegendOptionsBuilder()
    .displayMode(common.LegendDisplayMode.List)
    .placement(common.LegendPlacement.Bottom)
    .showLegend(true)
    .calcs([]);

/** Good up to the number that an alert fires at, or from it on; without an alert's number nothing is called bad. */
function thresholds({ kind, threshold }: Panel, config: Config): ThresholdsConfigBuilder {
  const isLine = kind === 'lines' || kind === 'stacked';
  const steps = isLine && threshold !== undefined ? lineSteps(threshold, config) : stepsOf(threshold, config);
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

const steps = (value: number, below: string, above: string): Threshold[] => [
  { value: null, color: below },
  { value, color: above },
];

/** Drawn as a line, it has the colour of what begins above it. */
const lineSteps = (threshold: AlertThreshold, config: Config): Threshold[] =>
  steps(thresholdValue(threshold, config), 'transparent', SIGNAL.bad);

function stepsOf(threshold: AlertThreshold | Limits | undefined, config: Config): Threshold[] {
  if (threshold === undefined) return [{ value: null, color: 'text' }];
  if (threshold === 'bad below zero') return steps(0, SIGNAL.bad, SIGNAL.good);
  const value = thresholdValue(threshold, config);
  return threshold.bad === 'above' ? steps(value, SIGNAL.good, SIGNAL.bad) : steps(value, SIGNAL.bad, SIGNAL.good);
}

const COLOURED_TEXT = { id: 'custom.cellOptions', value: { type: 'color-text' } };

function withColumns(built: TableBuilder, panel: Panel, config: Config): TableBuilder {
  const { transformations, sortBy } = columnsOf(panel);
  for (const one of transformations) built.withTransformation(one);
  // Else a cell without a value says what the whole panel would.
  for (const type of ['string', 'number']) built.overrideByFieldType(type, [{ id: 'noValue', value: '–' }]);
  built.overrideByName(headingOf('alertName'), [
    { id: 'links', value: [{ title: 'Runbook', url: `${config.runbooks}/\${__value.raw}.md`, targetBlank: true }] },
  ]);
  for (const query of panel.queries) {
    const own = columnProperties(query, config);
    if (query.name !== undefined && own.length > 0) built.overrideByName(query.name, own);
  }
  return built.sortBy([new common.TableSortByFieldStateBuilder().displayName(sortBy).desc(true)]);
}

/** What differs in a column from the rest of its table. */
function columnProperties({ unit, colouredBy }: Query, config: Config): DynamicConfigValue[] {
  const inUnit = unit === undefined ? [] : [{ id: 'unit', value: unit }];
  const inDigits = unit === SHARE ? [{ id: 'decimals', value: 1 }] : [];
  if (colouredBy === undefined) return [...inUnit, ...inDigits];
  const colours =
    typeof colouredBy === 'string' && colouredBy !== 'bad below zero'
      ? { id: 'mappings', value: mappingsOf(colouredBy) }
      : { id: 'thresholds', value: { mode: ThresholdsMode.Absolute, steps: stepsOf(colouredBy, config) } };
  return [...inUnit, ...inDigits, colours, COLOURED_TEXT];
}
