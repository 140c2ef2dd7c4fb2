import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { findProgram } from '../../tools/programs/find-program.ts';
import { type Played, playToPrometheus } from '../test/support/played.ts';
import type { Browser } from 'puppeteer-core';
import { findChromium } from './find-chromium.ts';
import { serve, WIDTH } from './serve.ts';

/** Draws every dashboard into a picture. Without a Prometheus of yours, it plays a brownout to one. */

const { values } = parseArgs({
  options: {
    prometheus: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    seconds: { type: 'string', default: '600' },
    out: { type: 'string', default: join(import.meta.dirname, '../../docs/images') },
    only: { type: 'string' },
    theme: { type: 'string', default: 'dark' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`Draws the dashboards with Grafana's own components in a headless Chromium: CHROMIUM_BIN, the PATH's, else one from npm.
Installs what it needs into dashboards/preview (half a gigabyte) on its first run.

  --prometheus <url> --from <unix s> --to <unix s>   what to draw; left out, a brownout is played
  --seconds <n>                                      length of that (${values.seconds})
  --only <uid>                                       one dashboard
  --theme dark|light                                 (${values.theme})
  --out <folder>                                     where pictures go (docs/images)
  --json                                             tells what was drawn, and by which Chromium, as JSON`);
  process.exit(0);
}

const HEADER = 170;
const ROW_HEIGHT = 34;
const DASHBOARDS = join(import.meta.dirname, '../grafana');
const run = promisify(execFile);
const say = (text: string): void => console.error(text);

const uids = readdirSync(DASHBOARDS)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''))
  .filter((uid) => values.only === undefined || values.only === uid);
if (uids.length === 0) throw new Error(`There is no dashboard ${values.only} in dashboards/grafana.`);

await using resources = new AsyncDisposableStack();
say('installing what the preview needs …');
await run('npx', ['-y', 'pnpm@12', 'install', '--ignore-scripts', '--frozen-lockfile'], { cwd: import.meta.dirname });
const chromium = await findChromium();
say(`Chromium: ${chromium.path} (${chromium.from})`);
const folder = mkdtempSync(join(tmpdir(), 'brownout-preview-'));
resources.defer(() => rmSync(folder, { recursive: true, force: true }));
const played = await whatToDraw();
say('building the page …');
await buildPage();
const served = await serve({ app: folder, dashboards: DASHBOARDS, prometheus: played.url });
resources.defer(() => void served.close());
const address = `http://127.0.0.1:${(served.address() as AddressInfo).port}`;
mkdirSync(values.out, { recursive: true });
const { launch } = await import('puppeteer-core');
const browser = resources.adopt(
  await launch({
    executablePath: chromium.path,
    headless: chromium.from === 'npm' ? 'shell' : true,
    // Without a language of its own, a browser takes the machine's, which Grafana need not know.
    args: ['--no-sandbox', '--hide-scrollbars', '--lang=en-US', ...chromium.args],
    env: { ...process.env, LANG: 'en_US.UTF-8', ...chromium.environment },
  }),
  (one) => one.close(),
);
const pictures: { readonly uid: string; readonly picture: string }[] = [];
for (const [index, uid] of uids.entries()) {
  say(`drawing ${uid} (${index + 1} of ${uids.length}) …`);
  const picture = join(values.out, `dashboard-${uid.replace('brownout-', '')}.png`);
  await draw(browser, uid, picture);
  pictures.push({ uid, picture });
}
console.log(
  values.json
    ? JSON.stringify({ chromium: { path: chromium.path, from: chromium.from }, pictures }, null, 2)
    : pictures.map(({ picture }) => picture).join('\n'),
);

async function whatToDraw(): Promise<Pick<Played, 'url' | 'from' | 'to'>> {
  const { prometheus: url, from, to } = values;
  if (url !== undefined && from !== undefined && to !== undefined) return { url, from: Number(from), to: Number(to) };
  const found = await findProgram('prometheus', 'build');
  if (found.kind === 'missing') throw new Error(found.why);
  const seconds = Number(values.seconds);
  const start = performance.now();
  const left = (): number => Math.max(0, Math.round(seconds - (performance.now() - start) / 1000));
  say(`playing a brownout for ${seconds} s …`);
  const progress = setInterval(() => say(`still playing, ${left()} s left …`), 60_000);
  resources.defer(() => clearInterval(progress));
  const made = resources.use(await playToPrometheus({ prometheus: found.path, seconds, every: '5s' }));
  clearInterval(progress);
  return made;
}

async function buildPage(): Promise<void> {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(import.meta.dirname, 'src/app.tsx')],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    outfile: join(folder, 'app.js'),
    loader: { '.svg': 'dataurl', '.woff2': 'dataurl', '.png': 'dataurl', '.ttf': 'dataurl' },
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    logLevel: 'error',
  });
}

async function draw(browser: Browser, uid: string, picture: string): Promise<void> {
  const { panels } = JSON.parse(readFileSync(join(DASHBOARDS, `${uid}.json`), 'utf8')) as {
    readonly panels: readonly { readonly gridPos: { readonly y: number; readonly h: number } }[];
  };
  const height = HEADER + ROW_HEIGHT * Math.max(...panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: WIDTH, height });
    await page.goto(`${address}/?dashboard=${uid}&from=${played.from}&to=${played.to}&theme=${values.theme}`, {
      waitUntil: 'networkidle0',
      timeout: 180_000,
    });
    const [mistake] = (await page.$eval('body', (body) => body.innerText)).match(/ERROR .+/) ?? [];
    if (mistake !== undefined) throw new Error(`${uid}: ${mistake}`);
    await page.screenshot({ path: picture });
  } finally {
    await page.close();
  }
}
