import type { SpanProcessor } from '@opentelemetry/sdk-trace';

/**
 * Adds a processor to those that the SDK made from the environment. Its constructor takes either the one or the others,
 * and the provider has no public way to add one later: so this looks at the fields that it is known to have.
 *
 * @returns `false` where the provider has other ones
 */
export function addSpanProcessor(provider: object, processor: SpanProcessor): boolean {
  const behind = 'getDelegate' in provider ? (provider as { getDelegate(): object }).getDelegate() : provider;
  const active: unknown = Reflect.get(behind, '_activeSpanProcessor');
  const processors: unknown =
    typeof active === 'object' && active !== null ? Reflect.get(active, '_spanProcessors') : undefined;
  if (!Array.isArray(processors)) return false;
  processors.push(processor);
  return true;
}
