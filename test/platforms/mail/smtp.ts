import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** How the server answers the next message: takes it, or at which moment it does something else. */
export type Trouble =
  | { at: 'RCPT TO' | 'MAIL FROM' | 'DATA'; code: number }
  /** Takes the words, keeps them, and hangs up before saying so. */
  | { at: 'hang up after DATA' }
  | { at: 'hang up after RCPT TO' };

export interface Smtp {
  url: string;
  mails: ParsedMail[];
  /** As it came over the line. */
  sources: string[];
  /** Troubles to come, in order; afterwards everything is taken. */
  troubles: Trouble[];
  close(): Promise<void>;
}

/** A real SMTP server in this process, that keeps what it is sent and fails as it is told. */
export async function startSmtp(): Promise<Smtp> {
  const mails: ParsedMail[] = [];
  const sources: string[] = [];
  const troubles: Trouble[] = [];
  const next = (at: Trouble['at']): Trouble | undefined => (troubles[0]?.at === at ? troubles.shift() : undefined);
  const refusal = (at: Trouble['at']) => {
    const trouble = next(at);
    return trouble && 'code' in trouble
      ? Object.assign(new Error(`No thanks for iemand@example.be`), { responseCode: trouble.code })
      : null;
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onMailFrom: (_address, _session, done) => done(refusal('MAIL FROM')),
    onRcptTo(_address, session, done) {
      if (next('hang up after RCPT TO')) return hangUp(session.id);
      done(refusal('RCPT TO'));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void (async () => {
          const refused = refusal('DATA');
          if (refused) return done(refused);
          const source = Buffer.concat(chunks).toString('utf8');
          sources.push(source);
          mails.push(await simpleParser(source));
          if (next('hang up after DATA')) return hangUp(session.id);
          done();
        })();
      });
    },
  });
  server.on('error', () => undefined);
  function hangUp(id: string): void {
    for (const connection of server.connections as Set<{ id: string; _socket: { destroy(): void } }>) {
      if (connection.id === id) connection._socket.destroy();
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    sources,
    troubles,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
