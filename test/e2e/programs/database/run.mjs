import * as api from '@brownout/api';
import * as openai from 'openai';
import pg from 'pg';
import answer from './answer.cjs';

await answer(pg, openai, api);
