'use strict';
const [library, program] = process.argv.slice(2);
void require('./programs.cjs')(library, require(library), program);
