import { FieldType, toDataFrame } from '@grafana/data';
import { RuntimeDataSource, sceneGraph } from '@grafana/scenes';

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly format?: string;
  readonly instant?: boolean;
}

const DATAPOINTS = 240;

/** Asks a Prometheus behind `/api` what panels ask, as Grafana's own data source would. */
export class Prometheus extends RuntimeDataSource {
  constructor() {
    super('prometheus', '${prometheus_datasource}');
  }

  async query(request: {
    targets: readonly Target[];
    range: { from: { unix(): number }; to: { unix(): number } };
    scopedVars: Record<string, { value: never }>;
  }): Promise<never> {
    const from = request.range.from.unix();
    const to = request.range.to.unix();
    const step = Math.max(1, Math.ceil((to - from) / DATAPOINTS));
    const scene = request.scopedVars['__sceneObject']?.valueOf();
    const data: unknown[] = [];
    for (const target of request.targets) {
      const windows = target.expr
        .replaceAll('$__rate_interval', `${Math.max(20, 4 * step)}s`)
        .replaceAll('$__range', `${to - from}s`)
        .replaceAll('$__interval', `${step}s`);
      const expression = sceneGraph.interpolate(scene as never, windows, undefined, asRegularExpression);
      const result = await (target.instant === true
        ? get(`/api/v1/query`, { query: expression, time: to })
        : get(`/api/v1/query_range`, { query: expression, start: from, end: to, step }));
      const value = request.targets.length > 1 ? `Value #${target.refId}` : 'Value';
      data.push(
        ...(target.format === 'table'
          ? [tableOf(target, result, value)]
          : framesOf(target, result, { from, to, step })),
      );
    }
    return { data } as never;
  }

  testDatasource(): Promise<never> {
    return Promise.resolve({ status: 'success', message: '' } as never);
  }
}

export async function get<Data = readonly Series[]>(
  path: string,
  parameters: Record<string, string | number>,
): Promise<Data> {
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const body = await (await fetch(`${path}?${query.toString()}`)).json();
  if (body.status !== 'success') throw new Error(`${body.error}: ${parameters['query']}`);
  return body.data.result ?? body.data;
}

const boundOf = ({ metric }: Series): number => (metric['le'] === '+Inf' ? Infinity : Number(metric['le']));

const asRegularExpression = (value: unknown): string => (Array.isArray(value) ? `(${value.join('|')})` : String(value));

function framesOf(
  target: Target,
  series: readonly Series[],
  grid: { from: number; to: number; step: number },
): unknown[] {
  if (target.format === 'heatmap') series = [...series].toSorted((one, other) => boundOf(one) - boundOf(other));
  return series.map(({ metric, value, values = value === undefined ? [] : [value] }) => {
    const name = nameOf(target, metric);
    const at = new Map(values.map(([time, number]) => [Math.round(time), Number(number)]));
    const times: number[] = [];
    // With gaps where there is nothing.
    for (let time = grid.from; time <= grid.to; time += grid.step) times.push(time);
    const isInstant = target.instant === true;
    return toDataFrame({
      refId: target.refId,
      name,
      fields: [
        {
          name: 'Time',
          type: FieldType.time,
          values: isInstant ? values.map(([time]) => time * 1000) : times.map((time) => time * 1000),
          config: {},
        },
        {
          name: 'Value',
          type: FieldType.number,
          labels: metric,
          values: isInstant
            ? values.map(([, number]) => Number(number))
            : times.map((time) => {
                const number = at.get(time);
                return number === undefined || Number.isNaN(number) ? null : number;
              }),
          config: { displayNameFromDS: name },
        },
      ],
    });
  });
}

const nameOf = ({ legendFormat = '' }: Target, metric: Readonly<Record<string, string>>): string =>
  legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? '').trim();

function tableOf(target: Target, series: readonly Series[], valueName: string): unknown {
  const labels = [...new Set(series.flatMap(({ metric }) => Object.keys(metric)))];
  return toDataFrame({
    refId: target.refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: series.map(({ value }) => (value?.[0] ?? 0) * 1000) },
      ...labels.map((label) => ({
        name: label,
        type: FieldType.string,
        values: series.map(({ metric }) => metric[label] ?? ''),
      })),
      { name: valueName, type: FieldType.number, values: series.map(({ value }) => Number(value?.[1])) },
    ],
  });
}
