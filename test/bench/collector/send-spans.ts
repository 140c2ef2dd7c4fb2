import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from './spans.ts';

/** Sends at a steady rate, over HTTP as the preload does. Resolves with the number of spans that were taken. */
export async function sendSpans(url: string, batch: Batch, perSecond: number, seconds: number): Promise<number> {
  const begun = performance.now();
  const total = Math.round((perSecond * seconds) / batch.spans);
  let taken = 0;
  for (let index = 0; index < total; index += 1) {
    await sleep(Math.max(0, begun + (index * batch.spans * 1000) / perSecond - performance.now()));
    taken += (await send(url, batch.next())) ? batch.spans : 0;
  }
  return taken;
}

async function send(url: string, body: Buffer<ArrayBuffer>): Promise<boolean> {
  const headers = { 'content-type': 'application/x-protobuf' };
  const response = await fetch(`${url}/v1/traces`, { method: 'POST', headers, body });
  await response.arrayBuffer();
  return response.ok;
}
