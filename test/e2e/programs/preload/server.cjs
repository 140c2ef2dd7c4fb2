'use strict';
const http = require('node:http');

// One request to a server of its own, then the program has nothing left to do.
const server = http.createServer((request, response) => response.end('hello'));
server.listen(0, '127.0.0.1', async () => {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/tickets`);
  console.log(await response.text());
  server.close();
});
