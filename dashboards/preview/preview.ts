import { execFile } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import { findProgram } from '../../tools/programs/find-program.ts';
import { type Played, playToPrometheus } from '../test/support/played.ts';

/** Draws every dashboard into a picture. Without a Prometheus of yours, it plays a brownout to one. */

const { values } = parseArgs({
  options: {
    prometheus: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    seconds: { type: 'string', default: '600' },
    out: { type: 'string', default: join(import.meta.dirname, '../../docs/images') },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`Draws the dashboards with Grafana's own components in a headless Chromium (CHROMIUM_BIN, or on the PATH).

  --prometheus <url> --from <unix s> --to <unix s>   what to draw; left out, a brownout is played
  --seconds <n>                                      length of that (${values.seconds})
  --only <uid>                                       one dashboard
  --out <folder>                                     where pictures go`);
  process.exit(0);
}

const WIDTH = 1600;
const HEADER = 110;
const ROW_HEIGHT = 34;
const DASHBOARDS = join(import.meta.dirname, '../grafana');
const PAGE = `<!doctype html><html><body style="margin:0;background:#111217;color:#ccccdc;font-family:Inter,Helvetica,Arial,sans-serif">
<style>#root{width:${WIDTH}px}#root>div{display:flex;flex-direction:column;flex-grow:1}</style>
<script>window.grafanaBootData={settings:{buildInfo:{version:"13.2.2"},featureToggles:{}},user:{theme:"dark"},navTree:[]}</script>
<link rel="stylesheet" href="/app.css"><div id="root"></div>
<script>addEventListener('error',(event)=>{document.body.append('ERROR '+event.message)});addEventListener('unhandledrejection',(event)=>{document.body.append('ERROR '+event.reason)})</script>
<script type="module" src="/app.js"></script></body></html>`;

await using resources = new AsyncDisposableStack();
const chromium = findChromium();
const folder = mkdtempSync(join(tmpdir(), 'brownout-preview-'));
resources.defer(() => rmSync(folder, { recursive: true, force: true }));
const played = await whatToDraw();
console.error(`building the page …`);
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
const server = resources.adopt(await serve(played.url), (one) => void one.close());
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
mkdirSync(values.out, { recursive: true });
for (const file of readdirSync(DASHBOARDS).filter((name) => name.endsWith('.json'))) {
  const uid = file.replace('.json', '');
  if (values.only !== undefined && values.only !== uid) continue;
  const { panels } = JSON.parse(readFileSync(join(DASHBOARDS, file), 'utf8')) as {
    panels: { gridPos: { y: number; h: number } }[];
  };
  const height = HEADER + 60 + ROW_HEIGHT * Math.max(...panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  const picture = join(values.out, `dashboard-${uid.replace('brownout-', '')}.png`);
  await promisify(execFile)(
    chromium,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      `--user-data-dir=${join(folder, 'chromium')}`,
      `--window-size=${WIDTH},${height}`,
      '--virtual-time-budget=40000',
      '--run-all-compositor-stages-before-draw',
      `--screenshot=${picture}`,
      `${address}/?dashboard=${uid}&from=${played.from}&to=${played.to}`,
    ],
    { timeout: 180_000 },
  );
  console.log(picture);
}

async function whatToDraw(): Promise<Pick<Played, 'url' | 'from' | 'to'>> {
  const { prometheus: url, from, to } = values;
  if (url !== undefined && from !== undefined && to !== undefined) return { url, from: Number(from), to: Number(to) };
  const found = await findProgram('prometheus', 'build');
  if (found.kind === 'missing') throw new Error(found.why);
  console.error(`playing a brownout for ${values.seconds} s …`);
  const seconds = Number(values.seconds);
  return resources.use(await playToPrometheus({ prometheus: found.path, seconds, every: '5s' }));
}

/** The page, the dashboards as they are shipped, and Prometheus' own API behind `/api`. */
async function serve(prometheus: string): Promise<Server> {
  const made = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://any').pathname;
    const send = (type: string, body: string | Buffer) => response.writeHead(200, { 'content-type': type }).end(body);
    if (path === '/') return void send('text/html', PAGE);
    if (path.startsWith('/dashboards/'))
      return void send('application/json', readFileSync(join(DASHBOARDS, path.slice('/dashboards/'.length))));
    if (path.startsWith('/api/'))
      return void fetch(`${prometheus}${request.url}`)
        .then((answer) => answer.text())
        .then((text) => send('application/json', text));
    if (path === '/app.js' || path === '/app.css')
      return void send(path.endsWith('.js') ? 'text/javascript' : 'text/css', readFileSync(join(folder, path)));
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return made;
}

function findChromium(): string {
  const named = process.env['CHROMIUM_BIN'];
  if (named !== undefined) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  for (const name of ['chromium', 'chromium-browser', 'google-chrome'])
    for (const one of folders) {
      const path = join(one, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not there.
      }
    }
  throw new Error('There is no Chromium on the PATH: name one by CHROMIUM_BIN.');
}
