import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { DiagLogger } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { load } from './load.ts';

/** The part of `import-in-the-middle/register-hooks.mjs` that is used here. */
interface RegisterHooks {
  supportsSyncHooks(): boolean;
  register(options: { readonly include: readonly string[] }): void;
}

/**
 * Node's own modules are patched in place. Loading them now, after the instrumentations have begun to watch, and copying
 * the patched functions to their ESM names, makes `import http from 'node:http'` see what `require` sees.
 */
export function patchBuiltinModules(): void {
  load('node:http');
  load('node:https');
  syncBuiltinESMExports();
}

function moduleNames(instrumentation: Instrumentation): readonly string[] {
  const { getModuleDefinitions } = instrumentation as Partial<{
    getModuleDefinitions(): readonly { readonly name: string }[];
  }>;
  return getModuleDefinitions?.call(instrumentation).map(({ name }) => name) ?? [];
}

/**
 * Lets the instrumentations of `auto-instrumentations-node` see packages that are imported as ES modules, without a
 * loader thread. Only packages that one of them patches are touched.
 * @param from the file whose `@opentelemetry/instrumentation` the instrumentations are built on
 */
export function hookImports(from: string, instrumentations: readonly Instrumentation[], diag: DiagLogger): void {
  const base = createRequire(createRequire(from).resolve('@opentelemetry/instrumentation'));
  const hooks = base('import-in-the-middle/register-hooks.mjs') as RegisterHooks;
  if (hooks.supportsSyncHooks()) hooks.register({ include: [...new Set(instrumentations.flatMap(moduleNames))] });
  else
    diag.info(
      `Node.js ${process.version} cannot hook ES modules from a preload: packages are traced where they are required`,
    );
}
