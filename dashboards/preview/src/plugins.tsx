import {
  DashboardCursorSync,
  EventBusSrv,
  getFieldDisplayValues,
  identityOverrideProcessor,
  PanelPlugin,
  type PanelProps,
} from '@grafana/data';
import { config } from '@grafana/runtime';
import * as ui from '@grafana/ui';
import type { ReactNode } from 'react';
import { Heat } from './heat.tsx';
import type { Mark } from './marks.ts';
import { isEmpty, Nothing } from './nothing.tsx';
import { Rows } from './rows.tsx';
import { States } from './states.tsx';

/** The panels that Grafana's packages leave to its core: the parts that they have, put together, and three drawn by hand. */

const { BigValue, PanelContextProvider, TimeSeries } = ui as never as Record<string, React.ComponentType<never>>;
const bus = new EventBusSrv();
const context = { eventsScope: 'preview', eventBus: bus, sync: () => DashboardCursorSync.Off };

const Any = (component: unknown) => component as React.ComponentType<Record<string, unknown>>;

/** The part of a uPlot that lines over it are drawn with. */
interface Plot {
  readonly ctx: CanvasRenderingContext2D;
  readonly bbox: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  valToPos(value: number, scale: string, inCanvas: boolean): number;
}

const marked = new WeakSet<object>();

function drawMarks(plot: Plot, marks: readonly Mark[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.setLineDash([4, 4]);
  ctx.lineWidth = 1;
  for (const { start, end, color } of marks) {
    ctx.strokeStyle = config.theme2.visualization.getColorByName(color);
    for (const time of [start, end]) {
      const x = plot.valToPos(time, 'x', true);
      if (x <= bbox.left || x >= bbox.left + bbox.width - 2) continue;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
  }
  ctx.restore();
}

function Lines({ marks, ...props }: PanelProps & { marks: readonly Mark[] }): ReactNode {
  if (isEmpty(props)) return <Nothing {...props} />;
  const Chart = Any(TimeSeries);
  const Context = Any(PanelContextProvider);
  return (
    <Context value={context}>
      <Chart
        {...props}
        frames={props.data.series}
        structureRev={1}
        legend={
          (props.options as { legend?: unknown }).legend ?? {
            showLegend: true,
            displayMode: 'list',
            placement: 'bottom',
            calcs: [],
          }
        }
        options={{}}
      >
        {(builder: { addHook(name: string, draw: (plot: Plot) => void): void }) => {
          if (marked.has(builder)) return null;
          marked.add(builder);
          builder.addHook('draw', (plot) => drawMarks(plot, marks));
          return null;
        }}
      </Chart>
    </Context>
  );
}

function Numbers(props: PanelProps): ReactNode {
  if (isEmpty(props)) return <Nothing {...props} />;
  const Value = Any(BigValue);
  const values = getFieldDisplayValues({
    fieldConfig: props.fieldConfig,
    reduceOptions: { calcs: ['lastNotNull'], values: false },
    replaceVariables: props.replaceVariables,
    theme: config.theme2,
    data: props.data.series,
    timeZone: props.timeZone,
  });
  const width = props.width / values.length;
  return (
    <div style={{ display: 'flex' }}>
      {values.map((value, index) => (
        <Value
          key={index}
          value={value.display}
          width={width}
          height={props.height}
          theme={config.theme2}
          colorMode="value"
          graphMode="none"
          textMode={values.length > 1 ? 'value_and_name' : 'auto'}
        />
      ))}
    </div>
  );
}

const CUSTOM = [
  'lineStyle',
  'axisWidth',
  'drawStyle',
  'lineWidth',
  'fillOpacity',
  'showPoints',
  'axisPlacement',
  'axisLabel',
  'axisColorMode',
  'scaleDistribution',
  'hideFrom',
  'stacking',
  'thresholdsStyle',
  'spanNulls',
  'lineInterpolation',
  'gradientMode',
  'pointSize',
  'axisSoftMin',
  'axisSoftMax',
  'cellOptions',
  'align',
];

function plugin(id: string, component: (props: PanelProps) => ReactNode): PanelPlugin {
  const made = new PanelPlugin(component as never).useFieldConfig({
    useCustomConfig: (builder) => {
      for (const key of CUSTOM)
        builder.addCustomEditor({
          id: key,
          path: key,
          name: key,
          editor: () => null,
          override: () => null,
          process: identityOverrideProcessor,
          shouldApply: () => true,
        } as never);
    },
  });
  made.meta = {
    id,
    name: id,
    type: 'panel',
    info: {
      version: '1.0.0',
      author: { name: '' },
      logos: { small: '', large: '' },
      links: [],
      screenshots: [],
      updated: '',
      description: '',
    },
    module: '',
    baseUrl: '',
    sort: 1,
  } as never;
  return made;
}

/** Panels by the name that dashboards have for them; `marks` are drawn over all that have an axis of time. */
export const plugins = (marks: readonly Mark[]) => ({
  timeseries: plugin('timeseries', (props) => <Lines {...props} marks={marks} />),
  stat: plugin('stat', Numbers),
  table: plugin('table', Rows),
  'state-timeline': plugin('state-timeline', (props) => <States {...props} marks={marks} />),
  heatmap: plugin('heatmap', Heat),
  heading: plugin('heading', () => null),
});
