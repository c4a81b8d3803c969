import { renderToStringAsync } from 'preact-render-to-string';
import type { VNode } from 'preact';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import type { FormPart } from '../../../src/chat/form.js';
import { CardView } from '../../../src/platforms/playground/views/card.js';
import { FormDialog } from '../../../src/platforms/playground/views/form.js';
import { everyField, everyPart, MARKUP } from '../echo-feature.js';

/** What the parts looked like when somebody last looked at them: a change is to be seen and approved. */
async function expectGolden(name: string, node: VNode): Promise<void> {
  const html = await format(await renderToStringAsync(node), { parser: 'html', printWidth: 120 });
  await expect(html).toMatchFileSnapshot(`golden/${name}.html`);
}

const card = (content: Card, viewerId = 'me') => (
  <CardView card={content} messageId="message" domId="m-message" viewerId={viewerId} locale="nl" />
);

const form = (parts: FormPart[], errors: Record<string, string> = {}) => (
  <FormDialog
    form={{ token: 'token', view: { title: 'Titel', submitLabel: 'Verstuur', parts } }}
    errors={errors}
    unfolded={false}
    context={{ als: 'me', gesprek: 'dm:me' }}
    locale="nl"
  />
);

describe('what the playground makes of the neutral language', () => {
  it.each(
    everyPart({ key: 'proef', text: MARKUP, count: 1 }).parts.map((part, at) => [`${at}-${part.kind}`, part] as const),
  )('shows the part %s', (name, part) => expectGolden(`part-${name}`, card({ summary: 'Kaart', parts: [part] })));

  it.each(everyField().map((field) => [`${field.kind}-${field.id}`, field] as const))(
    'shows the field %s',
    (name, field) => expectGolden(`field-${name}`, form([{ ...field, section: 'main' }])),
  );

  it('shows a form with errors, notes, and an error among the folded details', () =>
    expectGolden(
      'form-errors',
      form(
        [
          { kind: 'note', tone: 'info', text: 'Ter info.' },
          ...everyField(),
          { kind: 'note', tone: 'warning', text: `Kijk na: ${MARKUP}` },
        ],
        { title: 'Vul dit in.', note: 'Te lang.', agreed: 'Vink dit aan.', '': 'Iets anders.' },
      ),
    ));

  it('shows buttons meant for somebody else to nobody', async () => {
    const content = everyPart({ key: 'proef', text: 'x', count: 0, onlyFor: ['owner'] });
    expect(await renderToStringAsync(card(content, 'owner'))).toContain('Tel ook');
    expect(await renderToStringAsync(card(content, 'me'))).not.toContain('Tel ook');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//elders.example/x', 'vbscript:x', '/\\elders.example'])(
    'makes no link of %s',
    async (url) => {
      const parts: Card['parts'] = [
        { kind: 'link', label: 'Klik', url },
        { kind: 'image', alt: 'Beeld', url },
      ];
      const html = await renderToStringAsync(card({ summary: '', parts }));
      expect(html).not.toMatch(/href|src/);
      expect(html).toContain('Klik');
    },
  );
});
