import {
  FieldConfigProperty,
  identityOverrideProcessor,
  type PanelPlugin,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  LoadingState,
  createTheme,
} from '@grafana/data';
import { config, setPluginImportUtils, setRunRequest } from '@grafana/runtime';
import { from } from 'rxjs';
import { map } from 'rxjs/operators';

/** What the core of Grafana does before it draws a dashboard, as far as drawing needs it. */
export function startGrafana(plugins: Readonly<Record<string, PanelPlugin>>, mode: 'dark' | 'light'): void {
  config.theme2 = createTheme({ colors: { mode } });
  standardFieldConfigEditorRegistry.setInit(() =>
    Object.values(FieldConfigProperty).map(
      (id) =>
        ({
          id,
          path: id,
          name: id,
          description: '',
          editor: () => null,
          override: () => null,
          process: identityOverrideProcessor,
          settings: {},
          shouldApply: () => true,
        }) as never,
    ),
  );
  standardEditorsRegistry.setInit(() => []);
  standardTransformersRegistry.setInit(
    () =>
      [...new Map(Object.values(standardTransformers).map((one) => [one.id, one])).values()].map((transformation) => ({
        id: transformation.id,
        aliasIds: [],
        name: transformation.name,
        // They are loaded when they are first used.
        transformation: () => Promise.resolve(transformation),
        description: '',
        editor: () => null,
        imageDark: '',
        imageLight: '',
      })) as never,
  );
  setRunRequest(((source: never, request: { range: unknown }) =>
    from((source as { query(request: unknown): Promise<{ data: unknown }> }).query(request)).pipe(
      map(({ data }) => ({
        state: LoadingState.Done,
        series: data,
        timeRange: request.range,
        request,
        structureRev: 1,
      })),
    )) as never);
  setPluginImportUtils({
    importPanelPlugin: async (id: string) => plugins[id],
    getPanelPluginFromCache: (id: string) => plugins[id],
  } as never);
}
