import { diag } from '@opentelemetry/api';
import type { Emitter } from '../emit/emitter.ts';
import type { WatchedModule } from '../link/module-hooks.ts';
import { patchCircuitBreakerPolicy, patchFallbackPolicy } from './cockatiel.ts';
import { createCockatielPolicies } from './cockatiel-policies.ts';
import { patchOpossum } from './opossum.ts';
import type { BreakerHost } from './opossum.ts';

/** The modules of the libraries of circuit breakers and other policies, to be watched as the SDKs' are. */
export function breakerModules(emitter: Emitter, host: BreakerHost): readonly WatchedModule[] {
  const { breakers: registry, policies } = emitter;
  const cockatiel = createCockatielPolicies(policies, host);

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

  /** The module of one class of cockatiel; `instead`: what becomes of it where its shape is not known. */
  const cockatielClass = (file: string, name: string, patch: (type: unknown) => boolean, instead: string) => ({
    path: new RegExp(String.raw`[\\/]node_modules[\\/]cockatiel[\\/]dist[\\/](esm[\\/])?${file}\.js$`),
    bindings: [name],
    loaded(exports: Record<string, unknown>, version: string) {
      if (patch(exports[name])) return;
      diag.warn(`brownout: cockatiel ${version} has a ${name} that is not known here; ${instead}.`);
    },
  });

  return [
    {
      path: /[\\/]node_modules[\\/]opossum[\\/]lib[\\/]circuit\.js$/,
      bindings: [],
      loaded: found('opossum', (exports) => patchOpossum(exports, { breakers: registry, policies }, host)),
    },
    {
      path: /[\\/]node_modules[\\/]cockatiel[\\/]dist[\\/](esm[\\/])?CircuitBreakerPolicy\.js$/,
      bindings: ['CircuitBreakerPolicy'],
      loaded: found('cockatiel', (exports) =>
        patchCircuitBreakerPolicy(exports['CircuitBreakerPolicy'], registry, host),
      ),
    },
    cockatielClass('FallbackPolicy', 'FallbackPolicy', (type) => patchFallbackPolicy(type, host), 'it is inferred'),
    cockatielClass('RetryPolicy', 'RetryPolicy', cockatiel.patchRetryPolicy, 'it is not reported'),
    cockatielClass('TimeoutPolicy', 'TimeoutPolicy', cockatiel.patchTimeoutPolicy, 'it is not reported'),
    cockatielClass('BulkheadPolicy', 'BulkheadPolicy', cockatiel.patchBulkheadPolicy, 'it is not reported'),
    cockatielClass(
      String.raw`common[\\/]Event`,
      'EventEmitter',
      cockatiel.patchEventEmitter,
      'what its policies do is not reported',
    ),
  ];
}
