'use strict';
// A mistake that instrumentation makes: it speaks on the application's streams.
console.error('observability is on');
