import * as api from '@brownout/api';
import { OpenAI } from 'openai';
import programs from './programs.cjs';

const program = process.argv[2];
void (program === 'everything' ? programs.everything : programs.ends[program])(api, OpenAI);
