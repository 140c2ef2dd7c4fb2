import { writeFileSync } from 'node:fs';
import { RECORDED_CALLS } from '../parts.ts';
import { RECORDED_CASES } from './recorded-case.ts';
import { CALLS_OF_A_PROCESS, recordCalls } from './record-calls.ts';
import { renderRecording } from './recording.ts';

// Takes five minutes: some faults are answers that take longer than their budget of two.
const recording = await recordCalls({
  cases: RECORDED_CASES,
  calls: CALLS_OF_A_PROCESS,
  onProgress: (text) => console.error(text),
});
writeFileSync(RECORDED_CALLS, renderRecording(recording));
console.error(`Wrote ${RECORDED_CALLS}.`);
