'use strict';
console.log('waiting');
setTimeout(() => console.log('never reached'), 20_000);
