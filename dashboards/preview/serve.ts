import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';

export const WIDTH = 1600;

const PAGE = `<!doctype html><html><body>
<style>#root{width:${WIDTH}px}#root>div{display:flex;flex-direction:column;flex-grow:1}</style>
<script>window.grafanaBootData={settings:{buildInfo:{version:"13.2.2"},featureToggles:{}},user:{theme:"dark"},navTree:[]}</script>
<link rel="stylesheet" href="/app.css"><div id="root"></div>
<script>addEventListener('error',(event)=>{document.body.append('ERROR '+event.message)});addEventListener('unhandledrejection',(event)=>{document.body.append('ERROR '+event.reason)})</script>
<script type="module" src="/app.js"></script></body></html>`;

interface Served {
  /** What was built of the page. */
  readonly app: string;
  /** The dashboards as they are shipped. */
  readonly dashboards: string;
  /** A Prometheus, whose own API is served behind `/api`. */
  readonly prometheus: string;
}

export async function serve({ app, dashboards, prometheus }: Served): Promise<Server> {
  const made = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://any').pathname;
    const send = (type: string, body: string | Buffer) => response.writeHead(200, { 'content-type': type }).end(body);
    if (path === '/') return void send('text/html', PAGE);
    if (path.startsWith('/dashboards/'))
      return void send('application/json', readFileSync(join(dashboards, path.slice('/dashboards/'.length))));
    if (path.startsWith('/api/'))
      return void fetch(`${prometheus}${request.url}`)
        .then((answer) => answer.text())
        .then((text) => send('application/json', text));
    if (path === '/app.js' || path === '/app.css')
      return void send(path.endsWith('.js') ? 'text/javascript' : 'text/css', readFileSync(join(app, path)));
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return made;
}
