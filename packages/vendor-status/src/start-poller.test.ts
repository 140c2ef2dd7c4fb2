import { expect, it } from 'vitest';
import { startPoller } from './start-poller.ts';
import { serve, servePage, statuspage, vendorAt } from './testing/status-page.ts';
import { watchVendor } from './vendor-watch.ts';

it('goes on with the pages of others while one does not answer, and polls no more when it is stopped', async () => {
  await using page = await servePage(statuspage());
  await using silent = await serve(() => {});
  const stuck = watchVendor({ ...vendorAt(silent.url), name: 'stuck' });
  const well = watchVendor(vendorAt(page.url));
  const polled: string[] = [];
  let stop = () => {};
  await new Promise<void>((resolve) => {
    stop = startPoller(
      [stuck, well],
      ({ vendor }) => {
        polled.push(vendor.name);
        if (polled.length === 3) resolve();
      },
      5,
    );
  });
  stop();
  expect(polled).toEqual(['anthropic', 'anthropic', 'anthropic']);
  expect(stuck.knowledge).toEqual({ kind: 'unknown', problems: ['not read yet'] });
});
