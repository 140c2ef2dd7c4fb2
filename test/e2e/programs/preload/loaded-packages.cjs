'use strict';
// Which packages were loaded before the program itself?
console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.includes('node_modules'))));
