import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { isProgram } from '../../tools/programs/is-program.ts';

export interface Chromium {
  readonly path: string;
  readonly from: string;
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** The user's own, the `PATH`'s, or the one that this project's packages bring. */
export async function findChromium(): Promise<Chromium> {
  const named = process.env['CHROMIUM_BIN'];
  if (named !== undefined) {
    if (!isProgram(named)) throw new Error(`CHROMIUM_BIN is ${named}, which is no program.`);
    return { path: named, from: 'CHROMIUM_BIN', args: [] };
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const path = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  return path === undefined ? fromPackages() : { path, from: 'PATH', args: [] };
}

/**
 * Unpacked once, into the user's cache. The package is made for a cloud whose machines have next to no libraries and fonts;
 * only there it unpacks the ones that it brings and says so in the environment, so it has to be told that this is such a
 * machine, and nobody else.
 */
async function fromPackages(): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('There is no Chromium on the PATH, and none for this machine in npm: name one by CHROMIUM_BIN.');
  const before = { ...process.env };
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'brownout/programs/chromium');
  mkdirSync(folder, { recursive: true });
  try {
    Object.assign(process.env, { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' });
    const { default: chromium } = await import('@sparticuz/chromium');
    const path = await chromium.executablePath();
    const fonts = join(folder, 'fonts.conf');
    // Its own looks for them where that cloud would have them, and without a font it ends.
    writeFileSync(
      fonts,
      `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
    );
    const { LD_LIBRARY_PATH } = process.env;
    return {
      path,
      from: 'npm',
      args: chromium.args.filter((arg) => !arg.includes('headless')),
      environment: { LD_LIBRARY_PATH, FONTCONFIG_FILE: fonts },
    };
  } finally {
    // Assigned, `process.env` would be no more than an object.
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}
