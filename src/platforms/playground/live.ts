import type { Response } from 'express';

/** Below the idle time-outs of the proxies and browsers people have. */
const HEARTBEAT_MS = 25_000;
/** Several rows of one action reach the browser as one event. */
const GATHER_MS = 25;

export interface Live {
  /** Keeps the response open and tells it of every change. */
  join(response: Response): void;
  changed(): void;
  close(): void;
}

/**
 * Tells open browsers that the chat changed, not what: they fetch their own view anew. The first event of a connection
 * comes at once, so a browser that was away has missed nothing.
 */
export function createLive(): Live {
  const browsers = new Set<Response>();
  let gathering: NodeJS.Timeout | undefined;
  const tell = (line: string) => {
    for (const browser of browsers) browser.write(line);
  };
  const heartbeat = setInterval(() => tell(': still here\n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  let closed = false;

  return {
    join(response) {
      response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
      response.flushHeaders();
      response.write('retry: 2000\n\nevent: changed\ndata: \n\n');
      if (closed) {
        response.end();
        return;
      }
      browsers.add(response);
      response.once('close', () => browsers.delete(response));
    },
    changed() {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        tell('event: changed\ndata: \n\n');
      }, GATHER_MS);
      gathering.unref();
    },
    close() {
      closed = true;
      clearInterval(heartbeat);
      clearTimeout(gathering);
      for (const browser of browsers) browser.end();
    },
  };
}
