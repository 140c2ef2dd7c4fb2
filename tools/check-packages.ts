import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** Packs every package as it would be published, and asks publint and are-the-types-wrong about the tarball. */

const ROOT = join(import.meta.dirname, '..');

/**
 * pnpm turns `workspace:` and `catalog:` into versions; npm would publish them as they are. From 12 on pnpm is a program of
 * its own; what names itself to its scripts here is that program.
 */
const PNPM = process.env['npm_execpath']?.includes('pnpm') ? [process.env['npm_execpath']] : ['npx', '-y', 'pnpm@12'];

const directory = mkdtempSync(join(tmpdir(), 'brownout-pack-'));
try {
  const problems: string[] = [];
  for (const path of globSync('packages/*/package.json', { cwd: ROOT }).map(dirname).toSorted()) {
    problems.push(...(await problemsOf(path)).map((problem) => `${path}: ${problem}`));
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function problemsOf(path: string): Promise<readonly string[]> {
  const [command = '', ...prefix] = PNPM;
  const packed = spawnSync(command, [...prefix, 'pack', '--json', '--pack-destination', directory], {
    cwd: join(ROOT, path),
    encoding: 'utf8',
  });
  if (packed.status !== 0) return [`could not be packed: ${packed.stderr || packed.stdout}`];
  const { filename } = JSON.parse(packed.stdout) as { filename: string };
  const tarball = new Uint8Array(readFileSync(filename));

  const published = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  const types = await checkPackage(createPackageFromTarballData(tarball));
  return [
    ...published.messages.map((message) => `publint: ${formatMessage(message, published.pkg ?? {}) ?? message.code}`),
    ...(types.types === false
      ? ['are-the-types-wrong: it has no types']
      : types.problems.map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`)),
  ];
}
