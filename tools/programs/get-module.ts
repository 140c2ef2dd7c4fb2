import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MODULES } from './programs.ts';

export type GotModule =
  | { readonly kind: 'got'; /** Where its files lie, in Go's own cache. */ readonly folder: string }
  | { readonly kind: 'missing'; readonly why: string };

/** Downloads a pinned Go module, once, into Go's cache. Checksums are looked at by Go itself. */
export async function getModule(what: keyof typeof MODULES): Promise<GotModule> {
  const module = MODULES[what];
  return promisify(execFile)('go', ['mod', 'download', '-json', module]).then(
    ({ stdout }) => ({ kind: 'got', folder: (JSON.parse(stdout) as { readonly Dir: string }).Dir }),
    (error: unknown) => {
      const why = `${what} could not be had (${module}): ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`;
      console.error(why);
      return { kind: 'missing', why };
    },
  );
}
