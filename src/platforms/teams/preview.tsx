import type { VNode } from 'preact';
import { z } from 'zod';
import type { TeamsMessage } from './connector.js';

const Run = z.looseObject({
  text: z.string(),
  size: z.string().optional(),
  weight: z.string().optional(),
  isSubtle: z.boolean().optional(),
  color: z.string().optional(),
});
const Elements = z.array(z.looseObject({ type: z.string() }));
const Titled = z.looseObject({ title: z.string().default('') });

/** A message as people see it in Teams, drawn from the Adaptive Card that Teams is sent. Its buttons do nothing. */
export function TeamsPreview({ message }: { message: TeamsMessage }): VNode {
  const { body, actions } = z.object({ body: Elements, actions: z.array(Titled).default([]) }).parse(message.card);
  return (
    <div class="preview preview-teams">
      {body.map((element, index) => (
        <Drawn key={index} element={element} />
      ))}
      <Buttons titles={actions.map(({ title }) => title)} />
    </div>
  );
}

/** The elements that a card becomes; others would show as their kind, so that nothing is left out unseen. */
function Drawn({ element }: { element: z.output<typeof Elements>[number] }): VNode {
  switch (element.type) {
    case 'RichTextBlock':
      return <Line runs={z.array(Run).parse(element['inlines'])} />;
    case 'Container': {
      const items = Elements.parse(element['items']).map((item, index) => <Drawn key={index} element={item} />);
      return element['style'] === 'emphasis' ? <blockquote>{items}</blockquote> : <div>{items}</div>;
    }
    case 'Image':
      return <img class="preview-image" src={String(element['url'])} alt={String(element['altText'])} />;
    case 'ActionSet':
      return (
        <Buttons
          titles={z
            .array(Titled)
            .parse(element['actions'])
            .map(({ title }) => title)}
        />
      );
    case 'Input.ChoiceSet':
      return <Buttons titles={[String(element['label'])]} />;
    default:
      return <p class="preview-text">[{element.type}]</p>;
  }
}

function Line({ runs }: { runs: z.output<typeof Run>[] }): VNode {
  const [first] = runs;
  const shape = first?.size === 'Large' ? 'preview-heading' : first?.isSubtle ? 'preview-subtle' : 'preview-text';
  return (
    <p class={shape}>
      {runs.map(({ text, weight, color }, index) =>
        color === 'Accent' ? (
          <span key={index} class="preview-link">
            {text}
          </span>
        ) : weight === 'Bolder' && shape === 'preview-text' ? (
          <strong key={index}>{text}</strong>
        ) : (
          text
        ),
      )}
    </p>
  );
}

function Buttons({ titles }: { titles: string[] }): VNode | null {
  return titles.length === 0 ? null : (
    <p class="preview-buttons">
      {titles.map((title, index) => (
        <span key={index} class="preview-button">
          {title}
        </span>
      ))}
    </p>
  );
}
