import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Builds the packages only if something that goes into them is newer than the last build. */

const ROOT = join(import.meta.dirname, '..');
/** Its time of change is that of the last build's start, so that an edit during a build makes the next one. */
const STAMP = join(ROOT, 'node_modules/.cache/brownout-build');

const packages = globSync('packages/*/package.json', { cwd: ROOT }).map(dirname);

const newest = globSync(['packages/*/src/**/*.ts', 'packages/*/package.json', 'tsdown.config.ts', 'pnpm-lock.yaml'], {
  cwd: ROOT,
  exclude: (path) => path.endsWith('.test.ts'),
})
  .map((path) => statSync(join(ROOT, path)).mtimeMs)
  .reduce((latest, time) => Math.max(latest, time), 0);

const isBuilt = packages.every((path) => existsSync(join(ROOT, path, 'dist/index.cjs')));
const isFresh = isBuilt && existsSync(STAMP) && statSync(STAMP).mtimeMs > newest;

if (!isFresh) build();

function build(): void {
  const start = new Date();
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/tsdown'), ['--logLevel', 'warn'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}The packages could not be built.\n`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, '');
  utimesSync(STAMP, start, start);
  const seconds = ((Date.now() - start.getTime()) / 1000).toFixed(1);
  // On standard error: what runs next may have a standard output that is read by a program.
  process.stderr.write(`Built ${packages.length} packages in ${seconds} s.\n`);
}
