import type { ContextBlock, KnownBlock, RichTextBlock } from '@slack/web-api';
import type { ComponentChildren, VNode } from 'preact';
import type { SlackMessage } from './render/card-to-block-kit.js';

type ActionElement = Extract<KnownBlock, { type: 'actions' }>['elements'][number];

/** A message as people see it in Slack, drawn from what Slack is sent. Its buttons do nothing. */
export function SlackPreview({ message }: { message: SlackMessage }): VNode {
  return (
    <div class="preview preview-slack">
      {message.blocks.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

/** The blocks that a card becomes; others would show as their kind, so that nothing is left out unseen. */
function Block({ block }: { block: KnownBlock }): VNode {
  if (block.type === 'header') return <p class="preview-heading">{block.text.text}</p>;
  if (block.type === 'section') return <p class="preview-text">{block.text?.text}</p>;
  if (block.type === 'context') return <p class="preview-subtle">{block.elements.map(contextText).join(' ')}</p>;
  if (block.type === 'rich_text') return <RichText block={block} />;
  if (block.type === 'divider') return <hr />;
  if (block.type === 'actions') return <p class="preview-buttons">{block.elements.map(action)}</p>;
  if (block.type === 'image') {
    return <img class="preview-image" src={'image_url' in block ? block.image_url : ''} alt={block.alt_text} />;
  }
  return <p class="preview-text">[{block.type}]</p>;
}

const contextText = (element: ContextBlock['elements'][number]) => ('text' in element ? element.text : '');

function RichText({ block }: { block: RichTextBlock }): VNode {
  return (
    <>
      {block.elements.map((element, index) => {
        const runs = element.elements.map((run): ComponentChildren => {
          if (run.type === 'link') return <span class="preview-link">{run.text ?? run.url}</span>;
          if (run.type !== 'text') return null;
          return 'style' in run && run.style?.bold ? <strong>{run.text}</strong> : run.text;
        });
        return element.type === 'rich_text_quote' ? (
          <blockquote key={index}>{runs}</blockquote>
        ) : (
          <p key={index} class="preview-text">
            {runs}
          </p>
        );
      })}
    </>
  );
}

function action(element: ActionElement, index: number): VNode {
  return (
    <span key={index} class="preview-button">
      {element.type === 'button'
        ? element.text.text
        : element.type === 'static_select'
          ? element.placeholder?.text
          : '…'}
    </span>
  );
}
