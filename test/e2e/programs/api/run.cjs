'use strict';
const { everything, ends } = require('./programs.cjs');

const program = process.argv[2];
void (program === 'everything' ? everything : ends[program])(require('@brownout/api'), require('openai').OpenAI);
