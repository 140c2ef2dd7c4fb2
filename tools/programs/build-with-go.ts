import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Say } from './get-program.ts';
import { MANIFEST_FILES, PROGRAMS, type GoBuild, type ProgramName } from './programs.ts';

const goOf = (name: ProgramName): GoBuild => PROGRAMS[name].go;

/** The folder that a version is built into. */
export function goFolder(cache: string, name: ProgramName): string {
  const { version, manifest } = goOf(name);
  return join(cache, 'go', manifest === undefined ? version : `${version}-${manifest.digest}`);
}

/**
 * Builds the pinned version with Go, at a low priority.
 *
 * @returns why it cannot be had on this machine: there is no Go, or a module is refused; `null` if it is built. Throws where
 *   everything was had and would not compile, with Go's own words: then a pin or a flag is wrong, and no test may pass it over.
 */
export async function buildWithGo(cache: string, name: ProgramName, say: Say): Promise<string | null> {
  const go = goOf(name);
  const folder = goFolder(cache, name);
  await mkdir(folder, { recursive: true });
  const building = await mkdtemp(join(folder, 'building-'));
  const start = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - start) / 1000)} s`;
  const progress = setInterval(() => say(`still building ${name} ${go.version} (${seconds()})`), 30_000);
  try {
    say(`building ${name} ${go.version} with Go, which takes some minutes`);
    await rename(await compile(go, building), join(folder, name));
    say(`built ${name} ${go.version} in ${seconds()}`);
    return null;
  } catch (error) {
    const words = wordsOf(error);
    if (words.some((line) => NO_GO.test(line))) return 'there is no Go';
    const refused = words.find((line) => REFUSED.test(line));
    if (refused !== undefined) return refused;
    throw new Error(`${name} ${go.version} could not be built with Go: ${words.join('\n')}`, { cause: error });
  } finally {
    clearInterval(progress);
    await rm(building, { recursive: true, force: true });
  }
}

/** What the shell and Go say where something is not to be had: Go itself, the network, a module. */
const NO_GO = /ENOENT|No such file or directory$/;
const REFUSED = /dial tcp|no such host|: reading https?:|disabled by GOPROXY/;

/** The last lines of what a command said, else of the error itself. */
function wordsOf(error: unknown): readonly string[] {
  const { stderr, message } = error as { readonly stderr?: string; readonly message?: string };
  return (stderr?.trim() || (message ?? String(error))).split('\n').slice(-10);
}

const runNicely = (cwd: string, command: string, ...args: readonly string[]) =>
  promisify(execFile)('nice', ['-n', '10', command, ...args], {
    cwd,
    // A workspace file that came with a module names folders that did not.
    env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
    maxBuffer: 1e8,
  });

/** @returns the path of the program */
async function compile(go: GoBuild, building: string): Promise<string> {
  const downloaded = await download(go, building);
  const program = join(building, 'program');
  // In the module's own folder, so that its own versions of what it needs are used.
  await runNicely(
    await completed(go, downloaded, building),
    'go',
    'build',
    ...(go.flags ?? []),
    '-o',
    program,
    `./${go.main}`,
  );
  return go.manifest === undefined ? program : compileCollector(go.manifest.folder, program, building);
}

/** @returns the folder of the module's sources in Go's own cache */
async function download({ module, version }: GoBuild, building: string): Promise<string> {
  const args = ['mod', 'download', '-json', `${module}@${version}`] as const;
  // Why it did not, Go says in the same JSON.
  const { stdout } = await runNicely(building, 'go', ...args).catch((error: { readonly stdout?: string }) => {
    if (!error.stdout) throw error;
    return { stdout: error.stdout };
  });
  const answer = JSON.parse(stdout) as { readonly Dir: string; readonly Error?: string };
  if (answer.Error !== undefined) throw new Error(answer.Error);
  return answer.Dir;
}

/** The module's sources, with what they embed. Go keeps its own copy read-only. */
async function completed({ placeholder }: GoBuild, downloaded: string, building: string): Promise<string> {
  if (placeholder === undefined) return downloaded;
  const source = join(building, 'source');
  await cp(downloaded, source, { recursive: true });
  await promisify(execFile)('chmod', ['-R', 'u+w', source]);
  await mkdir(dirname(join(source, placeholder)), { recursive: true });
  await writeFile(join(source, placeholder), '<!doctype html>');
  return source;
}

/** The builder writes the source; Go compiles it from the modules whose checksums are known, or not at all. */
async function compileCollector(manifest: URL, builder: string, building: string): Promise<string> {
  const { components, modules, checksums } = MANIFEST_FILES;
  const copy = (file: string, folder: string) => copyFile(fileURLToPath(new URL(file, manifest)), join(folder, file));
  await copy(components, building);
  await runNicely(building, builder, '--config', components, '--skip-compilation', '--skip-get-modules');
  // As the manifest's `output_path` says.
  const source = join(building, 'source');
  await copy(modules, source);
  await copy(checksums, source);
  const collector = join(building, 'collector');
  await runNicely(source, 'go', 'build', '-mod=readonly', '-trimpath', '-ldflags=-s -w', '-o', collector, '.');
  return collector;
}
