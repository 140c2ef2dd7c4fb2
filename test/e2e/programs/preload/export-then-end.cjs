'use strict';
const { trace } = require('@opentelemetry/api');

// Long enough for an export to be under way when nothing else is left to do.
trace.getTracer('program').startSpan('exported').end();
setTimeout(() => console.log('done'), 200);
