import { z } from 'zod';
import type { SecretBox } from '../../storage/secret-box.js';
import { toSendResult } from './slack-errors.js';
import { exchangeToken, type AppCredentials } from './web-api.js';

/** A rotating token lives twelve hours. This long before its end the next is asked for, as Slack's own SDK does. */
const EARLY_MS = 2 * 3_600_000;
/** Who asks for the next token and dies has let go by then; longer than the call's own time-out. */
const ALONE_MS = 15_000;
/** Between two looks at whether another has the next token. */
const LOOK_AGAIN_MS = 250;

/** What is kept of an installation, encrypted. */
export const InstallationSecret = z.object({
  token: z.string(),
  botUserId: z.string().optional(),
  scopes: z.string().optional(),
  /** Only where the app's tokens rotate: gives the next token, once. */
  refreshToken: z.string().optional(),
  /** In milliseconds since 1970. */
  expiresAt: z.number().optional(),
  /** Somebody asks for the next token until then: a refresh token works once, for whoever is first. */
  askingUntil: z.number().optional(),
});
export type InstallationSecret = z.infer<typeof InstallationSecret>;

/** The row an installation's secret stands in. */
export interface SecretRow {
  /** Undefined once the workspace is gone. */
  read(): Promise<string | undefined>;
  /** Only over what was read; false when somebody else was first. */
  replace(sealed: string, by: string): Promise<boolean>;
}

export interface RotateOptions {
  app: AppCredentials;
  apiUrl: string;
  box: SecretBox;
  now(): Date;
}

/**
 * The secret to work with now. Tokens rotate where the app says so; one that ends soon is exchanged first, by one process alone.
 * A token that Slack does not exchange is used to its end, and then refused by Slack with `token_expired`.
 * https://docs.slack.dev/authentication/using-token-rotation
 *
 * @returns undefined when no key opens it, or the workspace is gone.
 * @throws when the token is over and Slack cannot be asked for another one now.
 */
export async function currentSecret(options: RotateOptions, row: SecretRow): Promise<InstallationSecret | undefined> {
  const { app, apiUrl, box, now } = options;
  const seal = (secret: InstallationSecret) => box.seal(JSON.stringify(secret));
  for (;;) {
    const sealed = await row.read();
    const opened = sealed === undefined ? undefined : await box.open(sealed);
    if (sealed === undefined || !opened) return undefined;
    const secret = InstallationSecret.parse(JSON.parse(opened.secret));
    const { refreshToken, expiresAt, askingUntil = 0 } = secret;
    const left = (expiresAt ?? Infinity) - now().getTime();
    if (refreshToken === undefined || left > EARLY_MS) {
      if (opened.stale) await row.replace(sealed, await seal(secret));
      return secret;
    }
    if (askingUntil > now().getTime()) {
      if (left > 0) return secret;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      continue;
    }
    const asking = await seal({ ...secret, askingUntil: now().getTime() + ALONE_MS });
    if (!(await row.replace(sealed, asking))) continue;
    const { askingUntil: _, ...plain } = secret;
    try {
      const { lifetimeMs, ...next } = await exchangeToken(app, refreshToken, apiUrl);
      const renewed = { ...plain, ...next, expiresAt: now().getTime() + lifetimeMs };
      // Connected anew or removed meanwhile: what stands there now counts.
      if (await row.replace(asking, await seal(renewed))) return renewed;
    } catch (error) {
      await row.replace(asking, await seal(plain));
      // Whatever was wrong, until its end the token still works; after it, a refusal is met again with every call.
      if (toSendResult(error).kind !== 'rejected' && left <= 0) throw error;
      return plain;
    }
  }
}
