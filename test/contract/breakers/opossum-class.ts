import type { EventEmitter } from 'node:events';

/** opossum's class, which comes without types, as far as the tests use it. */
export type OpossumClass = new <Parameters extends readonly unknown[]>(
  action: (...args: Parameters) => Promise<unknown>,
  options: OpossumOptions,
) => Opossum<Parameters>;

export interface OpossumOptions {
  readonly name: string;
  readonly errorThresholdPercentage?: number;
  readonly resetTimeout?: number;
  readonly volumeThreshold?: number;
  readonly state?: object;
  readonly timeout?: number | false;
  readonly capacity?: number;
}

interface Opossum<Parameters extends readonly unknown[]> extends EventEmitter {
  fire(...args: Parameters): Promise<unknown>;
  open(): void;
  shutdown(): void;
  fallback(instead: unknown): this;
  healthCheck(check: () => Promise<unknown>, intervalMs: number): void;
}

/** Loads one of the versions. */
export async function importOpossum(version: string): Promise<OpossumClass> {
  const loaded = (await import(version)) as { default: OpossumClass };
  return loaded.default;
}
