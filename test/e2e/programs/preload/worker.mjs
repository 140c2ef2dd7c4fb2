import http from 'node:http';
import { isMainThread, Worker } from 'node:worker_threads';

if (isMainThread) new Worker(new URL(import.meta.url));

const server = http.createServer((request, response) => response.end('hello'));
server.listen(0, '127.0.0.1', async () => {
  const path = isMainThread ? 'main' : 'worker';
  await (await fetch(`http://127.0.0.1:${server.address().port}/${path}`)).text();
  server.close();
});
