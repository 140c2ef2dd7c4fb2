import type { UpdateState } from './page-state.ts';
import { idOf, type PageDocument, type PageView, timeOf } from './page-view.ts';

/** The page's incidents as an Atom feed, as both platforms have it: https://www.rfc-editor.org/rfc/rfc4287 */
export function atomDocument(view: PageView): PageDocument {
  const { page, url, state } = view;
  const entries = state.incidents.map((incident) => {
    const id = idOf(view, incident.key);
    return [
      '  <entry>',
      `    <id>tag:${page.host},2005:Incident/${id}</id>`,
      `    <title>${escaped(incident.title)}</title>`,
      `    <link rel="alternate" type="text/html" href="${url}/incidents/${id}"/>`,
      `    <published>${timeOf(view, incident.createdAtMs)}</published>`,
      `    <updated>${timeOf(view, incident.updatedAtMs)}</updated>`,
      `    <content type="html">${escaped(contentOf(view, incident.updates))}</content>`,
      '  </entry>',
    ].join('\n');
  });
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>tag:${page.host},2005:/history</id>`,
    `  <title>${escaped(page.name)} status</title>`,
    `  <link rel="self" type="application/atom+xml" href="${url}"/>`,
    `  <updated>${timeOf(view, state.updatedAtMs)}</updated>`,
    ...entries,
    '</feed>',
    '',
  ].join('\n');
  return { contentType: 'application/atom+xml; charset=utf-8', text };
}

/** Statuspage writes every update, incident.io the last one and where the components stand. */
function contentOf(view: PageView, updates: readonly UpdateState[]): string {
  if (view.page.platform === 'statuspage') {
    return updates
      .map(({ status, text, displayAtMs }) => {
        const time = timeOf(view, displayAtMs).slice(11, 16);
        return `<p><small>${time} UTC</small><br><strong>${capital(status)}</strong> - ${escaped(text)}</p>`;
      })
      .join('');
  }
  const [last] = updates;
  const changed = [...new Set(updates.flatMap(({ changes }) => changes.map(({ id }) => id)))];
  const items = changed.map((id) => {
    const name = view.page.components.find((component) => component.id === id)?.name ?? id;
    return `<li>${escaped(name)} (${capital(view.state.components.get(id)?.status ?? 'operational')})</li>`;
  });
  return [
    `<b>Status: ${capital(last?.status ?? 'investigating')}</b><br/><br/>${escaped(last?.text ?? '')}`,
    ...(items.length === 0 ? [] : [`<br/><br/><b>Affected components</b><ul>${items.join('')}</ul>`]),
  ].join('');
}

const capital = (word: string): string => (word[0] ?? '').toUpperCase() + word.slice(1).replaceAll('_', ' ');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
