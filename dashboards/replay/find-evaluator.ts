import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Found } from '../../tools/programs/find-program.ts';

const SOURCE = join(import.meta.dirname, 'evaluator');

/** The version of Prometheus whose packages evaluate: as the module's releases count, 0.316 is 3.16. */
export const PROMETHEUS_VERSION = (
  /prometheus\/prometheus v0\.(\d)(\d+)\./.exec(readFileSync(join(SOURCE, 'go.mod'), 'utf8')) ?? []
)
  .slice(1)
  .map(Number)
  .join('.');

/** The program that evaluates rules on a clock of its own, built with Go where its source has not been built before. */
export async function findEvaluator(say: (text: string) => void = (text) => console.error(text)): Promise<Found> {
  const digest = createHash('sha256');
  const files = readdirSync(SOURCE).toSorted();
  for (const file of files) digest.update(readFileSync(join(SOURCE, file)));
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'brownout/programs/go', `replay-${digest.digest('hex').slice(0, 16)}`);
  const path = join(folder, 'replay-evaluator');
  if (!existsSync(path)) {
    say('building the evaluator with Go, which takes a minute or, where its modules are not there yet, some');
    await mkdir(folder, { recursive: true });
    const building = await mkdtemp(join(folder, 'building-'));
    try {
      const built = join(building, 'replay-evaluator');
      await promisify(execFile)('nice', ['-n', '10', 'go', 'build', '-mod=readonly', '-o', built, '.'], {
        cwd: SOURCE,
        env: { ...process.env, CGO_ENABLED: '0' },
        maxBuffer: 1e8,
      });
      await rename(built, path);
    } catch (error) {
      const [why] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
      return { kind: 'missing', why: `no evaluator: it could not be built with Go: ${why}` };
    } finally {
      await rm(building, { recursive: true, force: true });
    }
  }
  return { kind: 'found', path, version: PROMETHEUS_VERSION, from: 'built with Go' };
}
