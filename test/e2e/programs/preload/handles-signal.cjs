'use strict';
const alive = setTimeout(() => console.log('never reached'), 20_000);
process.on('SIGTERM', () => {
  console.log('closing');
  clearTimeout(alive);
  process.exitCode = 5;
});
console.log('waiting');
