import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { LoadFnOutput } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Guard } from '../guard.ts';

/** A module of somebody else's package that wants to be seen once it has been evaluated. */
export interface WatchedModule {
  /** Tested against the file path. */
  readonly path: RegExp;
  /** Top-level bindings to be handed over from an ESM build; a CommonJS build hands over its exports object. */
  readonly bindings: readonly string[];
  /** Called once the module has been evaluated, with the version in its package's own package.json. */
  readonly loaded: (exports: Record<string, unknown>, version: string) => void;
}

/** The one name that appended lines reach us by. */
const RECEIVER = 'brownout.module-loaded';

/**
 * Watches modules as they are loaded, CommonJS and ESM alike and without a loader thread: a line is appended to a
 * watched module's source that hands its exports over. Returns what ends it.
 */
export function watchModules(modules: readonly WatchedModule[], guard: Guard): () => void {
  const receivers = globalThis as unknown as Record<symbol, Receiver | undefined>;
  receivers[Symbol.for(RECEIVER)] = (index, exports, version) =>
    guard('link.module', () => modules[index]?.loaded(exports, version));
  const hooks = registerHooks({
    load(url, context, next) {
      const result = next(url, context);
      return guard('link.load', () => withHandover(modules, url, result)) ?? result;
    },
  });
  return () => hooks.deregister();
}

type Receiver = (index: number, exports: Record<string, unknown>, version: string) => void;

function withHandover(modules: readonly WatchedModule[], url: string, result: LoadFnOutput): LoadFnOutput | undefined {
  if (!url.startsWith('file:') || result.source === null || result.source === undefined) return undefined;
  const path = fileURLToPath(url.split(/[?#]/, 1)[0] ?? url);
  const index = modules.findIndex((watched) => watched.path.test(path));
  const watched = modules[index];
  if (watched === undefined) return undefined;
  const source = typeof result.source === 'string' ? result.source : new TextDecoder().decode(result.source);
  return { ...result, source: source + handover(index, watched, result.format, packageVersion(path)) };
}

/** A missing name must not become a ReferenceError in somebody else's module, hence the `typeof`. */
function handover(index: number, { bindings }: WatchedModule, format: LoadFnOutput['format'], version: string): string {
  const fields = bindings.map((name) => `${name}: typeof ${name} === 'undefined' ? undefined : ${name}`);
  const own = `{ ${fields.join(', ')} }`;
  // Node tells no format of a required module whose package names no type: it is CommonJS unless its syntax is not.
  const exports = format === 'module' ? own : `typeof module === 'undefined' ? ${own} : module.exports`;
  return `\n;globalThis[Symbol.for('${RECEIVER}')]?.(${index}, ${exports}, ${JSON.stringify(version)});\n`;
}

/** Version of the package that a file belongs to: the nearest package.json that names one. */
function packageVersion(path: string): string {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: unknown };
      if (typeof manifest.version === 'string') return manifest.version;
    } catch {
      // No package.json in this folder; one further up will do.
    }
  }
  return 'unknown';
}
