import type { VNode } from 'preact';
import { sayInstant } from '../calendar/local-day.js';
import type { MunicipalityInfo } from '../chat/feature.js';
import type { Frame } from '../chat/site.js';
import { STEP_TEXT_MAX } from '../signals/step-inputs.js';
import { TypedField, TypedForm, type Tried } from '../signals/typed-on-page.js';
import { Page } from '../web/layout.js';
import type { LinkState } from './answer-as-partner.js';
import { partnerTexts } from './texts.js';

/** What a partner may know: never who filed it, nor what was said about it. */
interface Asked {
  organisation: string;
  question: string;
  expiresAt: Date;
  askedBy: { name: string };
  signal: {
    reference: string;
    title: string;
    description: string;
    cityWide: boolean;
    neighbourhoods: { neighbourhood: { name: string } }[];
  };
}

export function QuestionPage(props: {
  frame: Frame;
  municipality: Pick<MunicipalityInfo, 'name' | 'zone'>;
  asked: Asked;
  action: string;
  tried: Tried | undefined;
}): VNode {
  const { frame, municipality, asked, action, tried } = props;
  const t = partnerTexts(frame.locale);
  const { signal } = asked;
  const where = signal.cityWide
    ? t('page.where.city')
    : signal.neighbourhoods.map(({ neighbourhood }) => neighbourhood.name).join(', ');
  const title = t('page.title', { municipality: municipality.name });
  return (
    <Page {...frame} title={title} municipality={municipality.name}>
      <section class="one-thing">
        <h1>{title}</h1>
        <p>{t('page.intro', { asker: asked.askedBy.name, organisation: asked.organisation })}</p>
        <h2>{t('page.signal')}</h2>
        <p>
          <strong>
            {signal.reference} · {signal.title}
          </strong>
        </p>
        <blockquote class="said">{signal.description}</blockquote>
        <p>{t('page.where', { where })}</p>
        <h2>{t('page.question')}</h2>
        <blockquote class="said">{asked.question}</blockquote>
        <TypedForm action={action} refused={tried && t('page.errors')} submit={t('page.send')}>
          <TypedField
            id="answer"
            label={t('page.answer')}
            hint={t('page.answer.hint')}
            maximum={STEP_TEXT_MAX}
            tried={tried}
            confirms={t('page.names')}
          />
        </TypedForm>
        <p class="field-hint">
          {t('page.until', { until: sayInstant(asked.expiresAt, municipality.zone, frame.locale) })}
        </p>
      </section>
    </Page>
  );
}

export function MessagePage({ frame, what }: { frame: Frame; what: LinkState | 'done' | 'busy' }): VNode {
  const t = partnerTexts(frame.locale);
  return (
    <Page {...frame} title={t(`${what}.title`)}>
      <section class="one-thing">
        <h1>{t(`${what}.title`)}</h1>
        <p>{t(`${what}.text`)}</p>
      </section>
    </Page>
  );
}
