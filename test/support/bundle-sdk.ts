import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';

const require = createRequire(import.meta.url);

/** An SDK inside of a file of the application's own, where nobody can see it being loaded. */
export interface BundledSdk<Exports> {
  readonly exports: Exports;
  /** To be removed at the end. */
  readonly directory: string;
}

export async function bundleSdk<Exports>(name: string): Promise<BundledSdk<Exports>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'brownout-bundle-'));
  const bundled = await rolldown({ input: require.resolve(name), platform: 'node', logLevel: 'silent' });
  const file = path.join(directory, 'application.cjs');
  await bundled.write({ file, format: 'cjs', codeSplitting: false });
  await bundled.close();
  return { exports: require(file) as Exports, directory };
}
