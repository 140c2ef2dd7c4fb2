export { BrownoutInstrumentation } from './brownout-instrumentation.ts';
export type { BrownoutInstrumentationOptions } from './brownout-instrumentation.ts';
export type { CaptureContent, Config, HostDialect, Limits } from './config/config.ts';
