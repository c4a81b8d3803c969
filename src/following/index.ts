import { z } from 'zod';
import { defineAction, type Context, type Feature, type HomeSection, type Reply } from '../chat/feature.js';
import { may } from '../people/roles.js';
import { answerFollowing, followCommand, followedParts, listCommand, paceButton, say } from './commands.js';
import { listFollows, sayFollowed } from './describe-follow.js';
import { follow, setPace, unfollow } from './follow.js';
import { followedStep, newSignal } from './notices.js';
import { followingPages } from './pages.js';
import { followingSubscription } from './subscription.js';
import { hearFiled, hearReworded, hearWentOn } from './tell-followers.js';
import { followingTexts } from './texts.js';

const FollowId = z.object({ followId: z.uuid() });
const Pace = z.enum(['at_once', 'weekly']);
/** What somebody chose in a list. */
const Chosen = z.object({ value: z.uuid() });

async function stop(context: Context, followId: string): Promise<Reply> {
  const t = followingTexts(context.locale);
  const before = (await listFollows(context, context.person.id)).find(({ id }) => id === followId);
  const stopped = await unfollow(context, followId);
  if (!stopped || !before) return say(t('gone'));
  const again = before.signalId
    ? [{ label: t('button.again'), action: 'following.start', payload: { signalId: before.signalId } }]
    : [];
  return say(
    t('stopped', { what: sayFollowed(before) }),
    again.length > 0 ? [{ kind: 'buttons', buttons: again }] : [],
  );
}

async function changePace(context: Context, followId: string, wanted?: z.infer<typeof Pace>): Promise<Reply> {
  const t = followingTexts(context.locale);
  const found = (await listFollows(context, context.person.id)).find(({ id }) => id === followId);
  const pace = wanted ?? (found?.pace === 'weekly' ? 'at_once' : 'weekly');
  if (!found || !(await setPace(context, followId, pace))) return say(t('gone'));
  return say(t(`paced.${pace}`, { what: sayFollowed(found) }), [
    { kind: 'buttons', buttons: [paceButton(context, { id: followId, pace })] },
  ]);
}

/** What somebody follows, on their own page. */
const followedSection: HomeSection = {
  order: 45,
  render: (context) => (may(context.person, 'read signals') ? followedParts(context) : Promise.resolve([])),
};

/** Following a signal, a neighbourhood or a search. Start reading at `tell-followers.ts`. */
export const following: Feature = {
  name: 'following',
  commands: [followCommand, listCommand],
  actions: [
    defineAction('following.start', z.object({ signalId: z.uuid() }), async (context, { signalId }) => {
      if (!may(context.person, 'read signals')) return say(followingTexts(context.locale)('not.yours'));
      return answerFollowing(context, [await follow(context, { signalId })]);
    }),
    defineAction('following.stop', FollowId, (context, { followId }) => stop(context, followId)),
    defineAction('following.stop-chosen', Chosen, (context, { value }) => stop(context, value)),
    defineAction('following.pace', FollowId.extend({ pace: Pace }), (context, { followId, pace }) =>
      changePace(context, followId, pace),
    ),
    defineAction('following.pace-chosen', Chosen, (context, { value }) => changePace(context, value)),
  ],
  messages: [newSignal, followedStep],
  listeners: [hearFiled, hearReworded, hearWentOn],
  pages: followingPages,
  subscriptions: [followingSubscription],
  home: [followedSection],
};
