import { expect, it } from 'vitest';
import { faultUrl, parseFault, splitPath } from './fault-url.ts';

it('builds base URLs for both SDKs, and reads them back', () => {
  const url = faultUrl('http://127.0.0.1:4000', 'stall', { afterChunks: 2, id: 'a b;c/d=é' });
  expect(url).toBe('http://127.0.0.1:4000/~stall;afterChunks=2;id=a%20b%3Bc%2Fd%3D%C3%A9');
  expect(faultUrl('http://127.0.0.1:4000/v1', 'refusal')).toBe('http://127.0.0.1:4000/~refusal/v1');
  const { prefix, path } = splitPath(`${new URL(url).pathname}/v1/messages?beta=true`);
  expect(path).toBe('/v1/messages?beta=true');
  expect(parseFault(prefix?.slice(1) ?? '')).toMatchObject({
    name: 'stall',
    values: { afterChunks: 2, id: 'a b;c/d=é', closeAfterMs: 0, times: 0, share: 1 },
  });
});

it('leaves ordinary paths alone', () => {
  expect(splitPath('/v1/models')).toEqual({ prefix: null, path: '/v1/models' });
});

it.each([
  ['stall;afterChunks', '"afterChunks" is not of the form key=value'],
  ['stall;speed=1', 'has no parameter "speed"; it has afterChunks, closeAfterMs, times, share, id'],
  ['stall;afterChunks=-1', 'must be a whole number from 0 up, not "-1"'],
  ['stall;share=40', 'must be a number from 0 to 1, not "40"'],
  ['repetition_loop;numbered=yes', 'must be true or false, not "yes"'],
  ['in_band_overloaded;form=odd', 'must be one of failed, event, nested, not "odd"'],
  ['', 'unknown fault ""'],
])('refuses %s in words', (text, message) => {
  expect(() => parseFault(text)).toThrow(message);
});
