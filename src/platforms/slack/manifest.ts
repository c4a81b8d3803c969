import type { AppsManifestCreateArguments } from '@slack/web-api';

/** With every scope and event Slack knows. */
type Manifest = AppsManifestCreateArguments['manifest'];

/** Stands in `manifests/slack.json` for the host people and Slack use. */
const PLACEHOLDER = 'PUBLIC_URL';

/**
 * The app manifest for one installation.
 *
 * @param template text of `manifests/slack.json`.
 * @param publicUrl `PUBLIC_URL`.
 * @param socketMode Slack's requests come over a connection of ours: no request URLs then.
 */
export function fillManifest(
  template: string,
  { publicUrl, socketMode }: { publicUrl: string; socketMode: boolean },
): Manifest {
  const { origin, hostname } = new URL(publicUrl);
  const filled = template.replaceAll(`https://${PLACEHOLDER}`, origin).replaceAll(`"${PLACEHOLDER}"`, `"${hostname}"`);
  const manifest = JSON.parse(filled) as Manifest;
  if (!socketMode) return manifest;
  const { features, settings } = manifest;
  return {
    ...manifest,
    features: { ...features, slash_commands: features?.slash_commands?.map(({ url: _, ...command }) => command) ?? [] },
    settings: {
      ...settings,
      event_subscriptions: { bot_events: settings?.event_subscriptions?.bot_events ?? [] },
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
    },
  };
}
