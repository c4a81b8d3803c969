import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { MunicipalityInfo } from '../../chat/feature.js';
import { UNCERTAIN, type OutgoingMessage, type Platform, type SendResult } from '../../chat/platform.js';
import type { MailConfig } from '../../config.js';
import { writeCalendarPart } from './calendar-part.js';
import { cardToMail, headerText } from './card-to-mail.js';
import { explainMailFailure } from './texts.js';

/** A mail server that says nothing for this long is away; the queue hands the message back after two minutes. */
const TIMEOUT_MS = 20_000;
/** Side by side; more than a few and a mail server takes it for abuse. */
const CONNECTIONS = 5;

export interface Mail {
  platform: Platform;
  close(): void;
}

/**
 * Mail, for people without chat: an account's address is where it goes. It cannot be edited or looked up, so what was sent
 * stays as it was, and what may have arrived is never sent again by itself.
 */
export function createMail(options: { config: MailConfig; municipality(id: string): Promise<MunicipalityInfo> }): Mail {
  const { from, smtpUrl } = options.config;
  const domain = from.address.split('@').at(-1) ?? 'localhost';
  /** Of what is being sent: a stream that was read from is a message whose words the server has. */
  const streams = new Map<string, Readable>();
  const transport = createTransport({
    ...serverOf(smtpUrl),
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // A message holds users' words: none of them may become a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transport.use('stream', (mail, done) => {
    const { message } = mail;
    const make = message.createReadStream.bind(message);
    message.createReadStream = (...given) => {
      const stream = make(...given);
      streams.set(String(mail.data.messageId), stream as Readable);
      return stream;
    };
    done();
  });

  async function send(message: OutgoingMessage): Promise<SendResult> {
    const { to, thread, deliveryId, unsubscribe } = message;
    const address = z.email().safeParse(to.externalId);
    if (to.kind !== 'person' || !address.success) {
      return { ok: false, kind: 'rejected', reason: 'MAIL.NOT_AN_ADDRESS', unreachable: true };
    }
    const { name } = await options.municipality(message.municipalityId);
    const content = cardToMail(message.card, { locale: message.locale, municipality: name, unsubscribe });
    const messageId = `<${deliveryId}@${domain}>`;
    try {
      await transport.sendMail({
        from: { name: headerText(from.name || `Wijksignaal ${name}`, 100), address: from.address },
        to: { name: '', address: address.data },
        messageId,
        ...content,
        ...(message.card.calendar && {
          icalEvent: writeCalendarPart(message.card.calendar, { organizer: from, attendee: address.data }),
        }),
        ...(thread && { inReplyTo: thread.messageId, references: thread.messageId }),
        headers: {
          // RFC 3834: nobody's holiday answer comes back.
          'Auto-Submitted': 'auto-generated',
          ...(unsubscribe && {
            // RFC 8058: the mail program's own button, one click.
            'List-Unsubscribe': { prepared: true, value: `<${unsubscribe}>` },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      });
      return { ok: true, ref: { conversationId: address.data, messageId } };
    } catch (error) {
      return failureOf(error, streams.get(messageId)?.readableDidRead ?? false);
    } finally {
      streams.delete(messageId);
    }
  }

  return {
    platform: {
      name: 'mail',
      explain: explainMailFailure,
      send,
      update: (ref) => Promise.resolve({ ok: true, ref }),
      find: () => Promise.resolve('unknowable'),
    },
    close: () => transport.close(),
  };
}

/** What nodemailer takes of `smtp://user:password@host:port`, without leaving it anything else to read from the address. */
function serverOf(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
  };
}

const SmtpError = z.object({
  code: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
});

/**
 * What a failed send means. The server's own sentence is left out: it often repeats addresses.
 *
 * @param wordsGiven the server was given the message, or the beginning of it.
 */
function failureOf(error: unknown, wordsGiven: boolean): SendResult {
  const { code, command = '', responseCode } = SmtpError.parse(error instanceof Error ? { ...error } : {});
  if (responseCode !== undefined && code !== 'EAUTH') {
    if (responseCode < 500) return { ok: false, kind: 'refused-now', reason: 'MAIL.NOT_NOW' };
    if (command === 'RCPT TO') {
      return { ok: false, kind: 'rejected', reason: 'MAIL.NO_SUCH_ADDRESS', unreachable: true };
    }
    const reason = command === 'MAIL FROM' ? 'MAIL.SENDER_REFUSED' : 'MAIL.REFUSED';
    return { ok: false, kind: 'rejected', reason };
  }
  if (wordsGiven) return { ok: false, kind: 'rejected', reason: UNCERTAIN };
  const reason = code === 'EAUTH' ? 'MAIL.NO_LOGIN' : 'MAIL.NO_CONNECTION';
  return { ok: false, kind: 'refused-now', reason };
}
