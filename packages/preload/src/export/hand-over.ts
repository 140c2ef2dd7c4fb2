import { Worker } from 'node:worker_threads';
import type { Parcel } from './otlp-transport.ts';

/** Runs in a thread of its own, since the thread that exits can no longer wait for a socket. */
function deliver(parcels: readonly Parcel[], settled: Int32Array): void {
  const { request: plain } = process.getBuiltinModule('node:http');
  const { request: secure } = process.getBuiltinModule('node:https');
  for (const { url, headers, body } of parcels) {
    const request = url.startsWith('https:') ? secure : plain;
    const settle = (): void => {
      Atomics.add(settled, 0, 1);
      Atomics.notify(settled, 0);
    };
    request(url, { method: 'POST', headers: { ...headers, 'content-length': body.byteLength } }, (response) => {
      response.resume().on('close', settle);
    })
      .on('error', settle)
      .end(body);
  }
}

/**
 * Delivers the last parcels of a thread that is inside its `exit` event, where nothing asynchronous happens any more:
 * another thread sends them while this one blocks.
 * @param milliseconds longest time to block; what was not delivered by then is lost
 */
export function handOver(parcels: readonly Parcel[], milliseconds: number): void {
  if (parcels.length === 0) return;
  const settled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(`(${deliver.toString()})(...require('node:worker_threads').workerData)`, {
    eval: true,
    workerData: [parcels, settled],
    execArgv: [],
    env: { BROWNOUT_DISABLED: 'true' },
  });
  worker.unref();
  const deadline = performance.now() + milliseconds;
  for (let count = 0; count < parcels.length; count = Atomics.load(settled, 0)) {
    if (Atomics.wait(settled, 0, count, Math.max(0, deadline - performance.now())) === 'timed-out') return;
  }
}
