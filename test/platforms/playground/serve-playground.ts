import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '../../../src/operations/log.js';
import { createMetrics } from '../../../src/operations/metrics.js';
import { createReadiness } from '../../../src/operations/readiness.js';
import { createPlayground, type Playground } from '../../../src/platforms/playground/playground.js';
import { createServer } from '../../../src/web/server.js';
import type { ContractTown } from '../contract-town.js';

export interface Served {
  playground: Playground;
  /** http://127.0.0.1:<port> */
  url: string;
  stop(): Promise<void>;
}

/** The playground of a test's town behind the real server, on a port of its own or on this one. */
export async function servePlayground(
  town: Pick<ContractTown, 'db' | 'chat' | 'municipality' | 'now'>,
  port = 0,
): Promise<Served> {
  const config = {
    host: '127.0.0.1',
    publicUrl: undefined,
    trustProxy: undefined,
    metricsToken: undefined,
  };
  const playground = createPlayground({ ...town, config });
  const app = createServer({
    config,
    log: createLog('silent'),
    metrics: createMetrics({ process: false }),
    readiness: createReadiness({}),
    pages: [playground.router],
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(port, '127.0.0.1', () => resolve(listening));
  });
  const { port: chosen } = server.address() as AddressInfo;
  return {
    playground,
    url: `http://127.0.0.1:${chosen}`,
    stop: () =>
      new Promise((resolve) => {
        playground.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
