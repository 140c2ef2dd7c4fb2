'use strict';
// A mistake that instrumentation makes: its timer keeps the application from ending.
setInterval(() => {}, 1000);
