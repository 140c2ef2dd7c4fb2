import { diag } from '@opentelemetry/api';
import type { Emitter } from '../emit/emitter.ts';
import type { WatchedModule } from '../link/module-hooks.ts';
import { patchCircuitBreakerPolicy, patchFallbackPolicy } from './cockatiel.ts';
import { patchOpossum } from './opossum.ts';
import type { BreakerHost } from './opossum.ts';

/** The modules of the circuit breaker libraries, to be watched as the SDKs' are. */
export function breakerModules(emitter: Emitter, host: BreakerHost): readonly WatchedModule[] {
  const { breakers: registry } = emitter;

  /** Patches a class and says once, for a library and version, what came of it. */
  function found(library: string, patch: (exports: Record<string, unknown>) => boolean): WatchedModule['loaded'] {
    return (exports, version) => {
      const linked = patch(exports);
      emitter.instrumented(library, version, linked ? 'linked' : 'unsupported');
      if (linked) return;
      diag.warn(
        `brownout: ${library} ${version} has a shape that is not known here; its circuit breakers are not reported.`,
      );
    };
  }

  return [
    {
      path: /[\\/]node_modules[\\/]opossum[\\/]lib[\\/]circuit\.js$/,
      bindings: [],
      loaded: found('opossum', (exports) => patchOpossum(exports, registry, host)),
    },
    {
      path: /[\\/]node_modules[\\/]cockatiel[\\/]dist[\\/](esm[\\/])?CircuitBreakerPolicy\.js$/,
      bindings: ['CircuitBreakerPolicy'],
      loaded: found('cockatiel', (exports) =>
        patchCircuitBreakerPolicy(exports['CircuitBreakerPolicy'], registry, host),
      ),
    },
    {
      path: /[\\/]node_modules[\\/]cockatiel[\\/]dist[\\/](esm[\\/])?FallbackPolicy\.js$/,
      bindings: ['FallbackPolicy'],
      loaded(exports, version) {
        if (patchFallbackPolicy(exports['FallbackPolicy'], host)) return;
        diag.warn(`brownout: cockatiel ${version} has a fallback that is not known here; it is inferred instead.`);
      },
    },
  ];
}
