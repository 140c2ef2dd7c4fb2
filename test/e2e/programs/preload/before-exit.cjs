'use strict';
let rounds = 0;
process.on('beforeExit', () => {
  rounds += 1;
  console.log(`beforeExit ${rounds}`);
  if (rounds === 1) setTimeout(() => console.log('more work'), 20);
});
