'use strict';
console.log('done');
