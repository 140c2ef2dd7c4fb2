// Finds passages by their embeddings, and knows where orders are. Has never heard of telemetry.
import { createServer } from 'node:http';
import { OpenAI } from 'openai';

const openai = new OpenAI({ apiKey: 'none', baseURL: `${process.env.MODEL_URL}/v1` });

const server = createServer(async (request, response) => {
  if (request.url.startsWith('/orders/')) return response.end('shipped on Monday');
  const input = new URL(request.url, 'http://search').searchParams.get('q');
  const { data } = await openai.embeddings.create({ model: 'text-embedding-3-small', input });
  response.end(JSON.stringify([`passage ${data.length}`]));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
