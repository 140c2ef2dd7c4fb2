/** How a task went, as the application judges it. */
export type TaskOutcome = 'success' | 'failure';

/** A fallback that the application makes by a router of its own. */
export interface FallbackReport {
  /** What was given up: the provider as in `gen_ai.provider.name`, the model as the request named it. */
  readonly from: { readonly provider: string; readonly model: string };
  /**
   * What is asked instead: the next call here to that model within a minute, to any other model where this is left out,
   * or `none`, a canned answer for instance, which is counted at once.
   */
  readonly to?: { readonly provider: string; readonly model: string } | 'none';
  /** Why, in the words of `brownout.reason`; where it is left out, the reason of the failed call, if that was seen. */
  readonly reason?: string;
  /** Who switched: a policy of the application's own, which is the default, or a framework. */
  readonly mechanism?: 'policy' | 'framework';
}

/** What the instrumentation does with what an application says. Runs take the application's function and return its result untouched. */
export interface ApiListener {
  readonly useCase: <Result>(name: string, run: () => Result) => Result;
  readonly task: <Result>(name: string, run: () => Result) => Result;
  readonly recordOutcome: (outcome: TaskOutcome) => void;
  readonly recordFallback: (report: FallbackReport) => void;
}

/**
 * Where copies of this package, CommonJS and ESM, old and new, meet the instrumentation. The number is that of the
 * listener's shape: it changes where an older copy could not call a newer listener.
 */
const KEY = Symbol.for('brownout.api.1');

type Registry = { [KEY]?: ApiListener };

/** What the instrumentation registered in this process, if it is loaded. */
export function apiListener(): ApiListener | undefined {
  return (globalThis as Registry)[KEY];
}

/** For the instrumentation only: hears from now on what the application says. Returns what ends it. */
export function listenToApi(listener: ApiListener): () => void {
  const registry = globalThis as Registry;
  registry[KEY] = listener;
  return () => {
    if (registry[KEY] === listener) delete registry[KEY];
  };
}
