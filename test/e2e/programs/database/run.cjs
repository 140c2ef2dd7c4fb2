'use strict';
void require('./answer.cjs')(require('pg'), require('openai'), require('@brownout/api'));
