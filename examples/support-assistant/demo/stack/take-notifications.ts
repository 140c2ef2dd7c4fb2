import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { keyOf } from './alert-history.ts';

/** What Alertmanager told whom of one alert. Times are seconds since the Unix epoch. */
export interface Notification {
  readonly receiver: string;
  readonly told: number;
  /** When it told that it is over. */
  toldResolved: number | null;
}

export interface Receivers {
  /** The name of a receiver is added as a path. */
  readonly url: string;
  /** By the alert's labels. */
  of(labels: Readonly<Record<string, string>>): readonly Notification[];
  close(): void;
}

/** Stands where the pager and the tickets would: an endpoint for Alertmanager's webhooks, on a free port. */
export async function takeNotifications(): Promise<Receivers> {
  const notifications = new Map<string, Notification[]>();
  const server = createServer((request, response) => {
    json(request)
      .then((body) => {
        const { receiver, alerts } = body as Webhook;
        for (const { status, labels } of alerts) note(notifications, receiver, status, keyOf(labels));
        response.writeHead(200).end();
      })
      .catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    of: (labels) => notifications.get(keyOf(labels)) ?? [],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
interface Webhook {
  readonly receiver: string;
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
  }[];
}

function note(notifications: Map<string, Notification[]>, receiver: string, status: string, key: string): void {
  const told = Date.now() / 1000;
  const before = notifications.get(key) ?? [];
  const open = before.findLast((one) => one.receiver === receiver && one.toldResolved === null);
  if (status === 'resolved') {
    if (open !== undefined) open.toldResolved = told;
  } else if (open === undefined) {
    notifications.set(key, [...before, { receiver, told, toldResolved: null }]);
  }
}
