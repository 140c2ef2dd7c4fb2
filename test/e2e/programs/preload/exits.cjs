'use strict';
process.on('exit', (code) => console.log(`exit listener ${code}`));
fetch('http://127.0.0.1:1/').catch((error) => {
  console.log(error.message);
  process.exit(3);
});
