import { readFileSync } from 'node:fs';
import { request, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

const file = (name: string) => new URL(`../fakes/tls/${name}.pem`, import.meta.url);
/** For `localhost`, and for the names that tests give to servers on this machine. Signed by itself; its key is no secret. */
export const CERTIFICATE = file('certificate');

export interface HttpsServer {
  port: number;
  stop(): Promise<void>;
}

export async function serveHttps(listener: RequestListener): Promise<HttpsServer> {
  const server = createServer({ key: readFileSync(file('key')), cert: readFileSync(CERTIFICATE) }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As a proxy in front of the program does: everything goes on as it came, the name it was asked for included. */
export function passOn(url: () => string): RequestListener {
  return (incoming, outgoing) => {
    const target = new URL(incoming.url ?? '/', url());
    const { method, headers } = incoming;
    const onward = request(target, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  };
}
