import { webApi } from '@slack/bolt';
import type { FakeSlack } from './fake-slack.js';

const nothing = () => undefined;
const QUIET = 'error' as webApi.LogLevel;
/** Says nothing, whatever Slack's libraries have to say. */
export const quietLogger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => QUIET,
  setName: nothing,
};

/** Slack's own client, pointed at the fake: no retries, no waiting, no log. */
export function clientOf(
  slack: FakeSlack,
  token: string = slack.botToken,
  given: webApi.WebClientOptions = {},
): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quietLogger,
    ...given,
  });
}

/** The whole answer to a call that Slack refused; throws when it was accepted or went wrong in another way. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await call.then(
    () => new Error('the call was accepted'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof webApi.WebAPIPlatformError) return error.data as unknown as Record<string, unknown>;
  throw error;
}
