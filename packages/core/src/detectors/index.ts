export { createGarbledDetector } from './garbled-detector.ts';
export { createJsonDetector } from './json-detector.ts';
export type { JsonDetector } from './json-detector.ts';
export { createRepetitionDetector } from './repetition-detector.ts';
export type { TextDetector } from './text-detector.ts';
