import { diag } from '@opentelemetry/api';
import { breakerModules } from './breakers/watch-breakers.ts';
import type { Emitter } from './emit/emitter.ts';
import { watchModules } from './link/module-hooks.ts';
import type { WatchedModule } from './link/module-hooks.ts';
import { SDKS } from './link/sdk-table.ts';
import { createStainlessLink } from './link/stainless.ts';
import type { StainlessHost } from './link/stainless.ts';

export interface SdkWatch {
  readonly host: StainlessHost;
  readonly emitter: Emitter;
  /** Taps the `fetch` of the `undici` package. */
  readonly tapUndici: (fetch: unknown) => unknown;
}

/** Links the SDKs as they are loaded. Returns what ends the watch; what was linked stays linked, and idle. */
export function watchSdks({ host, emitter, tapUndici }: SdkWatch): () => void {
  const sdkModules = SDKS.map(({ sdk, vendor, modules, clientClass }): WatchedModule => {
    const link = createStainlessLink(sdk, vendor, host);
    return {
      path: modules,
      bindings: [clientClass],
      loaded(exports, version) {
        const linked = link.patch(exports[clientClass]);
        emitter.instrumented(sdk, version, linked ? 'linked' : 'unsupported');
        if (linked) return;
        diag.warn(
          `brownout: ${sdk} ${version} has a shape that is not known here; its calls are inferred from the wire instead, retries included.`,
        );
      },
    };
  });
  const undici: WatchedModule = {
    path: /[\\/]node_modules[\\/]undici[\\/]index\.js$/,
    bindings: [],
    loaded(exports, version) {
      exports['fetch'] = tapUndici(exports['fetch']);
      emitter.instrumented('undici', version, 'wire');
    },
  };
  return watchModules([...sdkModules, undici, ...breakerModules(emitter, host)], host.guard);
}
