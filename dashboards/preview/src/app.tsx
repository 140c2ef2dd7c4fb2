import { ThemeContext, dateTime } from '@grafana/data';
import { config } from '@grafana/runtime';
import {
  CustomVariable,
  EmbeddedScene,
  SceneDataTransformer,
  SceneFlexItem,
  SceneFlexLayout,
  SceneQueryRunner,
  SceneTimeRange,
  sceneUtils,
  SceneVariableSet,
  VariableValueSelectors,
  VizPanel,
} from '@grafana/scenes';
import { GlobalStyles } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { startGrafana } from './grafana.ts';
import { marksOf } from './marks.ts';
import { plugins } from './plugins.tsx';
import { get, Prometheus } from './prometheus.ts';

/** Draws one dashboard: `/?dashboard=…&from=…&to=…&theme=…`, times in Unix seconds. */

const WIDTH = 1600;
const ROW_HEIGHT = 34;

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly object[];
  readonly transformations?: readonly object[];
  readonly fieldConfig?: object;
  readonly options?: object;
}

const parameters = new URLSearchParams(location.search);
const from = Number(parameters.get('from'));
const to = Number(parameters.get('to'));

const dashboard = await (await fetch(`/dashboards/${parameters.get('dashboard')}.json`)).json();

startGrafana(
  plugins(await marksOf(dashboard.annotations.list, { from, to })),
  parameters.get('theme') === 'light' ? 'light' : 'dark',
);
sceneUtils.registerRuntimeDataSource({ dataSource: new Prometheus() as never });

async function variables(): Promise<SceneVariableSet> {
  const made = [];
  for (const { name, label, type, query } of dashboard.templating.list) {
    if (type !== 'query') continue;
    const [, series, of] = /^label_values\((.+), (\w+)\)$/.exec(query.query) ?? [];
    const values = await get<readonly string[]>(`/api/v1/label/${of}/values`, {
      'match[]': String(series).replaceAll(/\$\w+/g, '.+'),
      start: from,
      end: to,
    });
    made.push(
      new CustomVariable({
        name,
        label,
        isMulti: true,
        includeAll: true,
        allValue: '.+',
        query: values.join(','),
        value: ['$__all'],
        text: ['All'],
      }),
    );
  }
  return new SceneVariableSet({ variables: made });
}

const panelItem = ({ gridPos, ...panel }: Panel): SceneFlexItem => {
  const data = new SceneQueryRunner({
    datasource: { uid: '${prometheus_datasource}', type: 'prometheus' },
    queries: panel.targets as never,
  });
  return new SceneFlexItem({
    width: (gridPos.w / 24) * (WIDTH - 40) - 8,
    height: gridPos.h * ROW_HEIGHT,
    body: new VizPanel({
      title: panel.title,
      description: panel.description ?? '',
      pluginId: panel.type,
      fieldConfig: panel.fieldConfig as never,
      options: (panel.options ?? {}) as never,
      $data:
        panel.transformations === undefined
          ? data
          : new SceneDataTransformer({ $data: data, transformations: panel.transformations as never }),
    }),
  });
};

/** Panels that stand side by side. */
function rows(panels: readonly Panel[]): SceneFlexItem[] {
  const byTop = Map.groupBy(panels, ({ gridPos }) => gridPos.y);
  return [...byTop.values()].map((members) =>
    members[0]?.type === 'row'
      ? new SceneFlexItem({
          height: 34,
          body: new VizPanel({ title: `▾ ${members[0].title}`, pluginId: 'heading', displayMode: 'transparent' }),
        })
      : new SceneFlexItem({
          height: Math.max(...members.map(({ gridPos }) => gridPos.h)) * ROW_HEIGHT,
          body: new SceneFlexLayout({ direction: 'row', children: members.map(panelItem) }),
        }),
  );
}

const scene = new EmbeddedScene({
  $timeRange: new SceneTimeRange({ from: dateTime(from * 1000).toISOString(), to: dateTime(to * 1000).toISOString() }),
  $variables: await variables(),
  controls: [new VariableValueSelectors({})],
  body: new SceneFlexLayout({ direction: 'column', children: rows(dashboard.panels) }),
});

document.body.style.cssText = `margin:0;background:${config.theme2.colors.background.canvas};color:${config.theme2.colors.text.primary};font-family:Inter,Helvetica,Arial,sans-serif`;
const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <ThemeContext.Provider value={config.theme2}>
      <GlobalStyles />
      <h3 style={{ padding: '12px 16px 0', color: config.theme2.colors.text.primary }}>{dashboard.title}</h3>
      <scene.Component model={scene} />
    </ThemeContext.Provider>,
  );
