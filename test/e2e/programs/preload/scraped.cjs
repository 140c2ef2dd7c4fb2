'use strict';
const http = require('node:http');

const server = http.createServer((request, response) => response.end('hello'));
server.listen(0, '127.0.0.1', async () => {
  await (await fetch(`http://127.0.0.1:${server.address().port}/tickets`)).text();
  const scrape = async () => (await fetch(`http://127.0.0.1:${process.env.SCRAPE_PORT}/metrics`)).text();
  await scrape();
  console.log(await scrape());
  server.close();
});
