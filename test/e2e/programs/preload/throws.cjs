'use strict';
console.log('before');
throw new TypeError('thrown by the program');
