import { lookup } from 'node:dns';
import { OpenAI } from 'openai';

lookup('localhost', () => console.log(OpenAI.Chat.Completions.prototype.create.__wrapped === undefined));
