import { z } from 'zod';
import { Payload } from '../../../chat/press-text.js';

/** What stands in the data of everything that can be pressed, under the key `wijk`; inputs stand beside it. */
const Values = z.record(z.string(), z.union([z.string(), z.array(z.string()), z.boolean()]));
/** How a field's value has to be read; Teams writes lists as one text and ticks as words. */
const FieldKinds = z.record(z.string(), z.enum(['one', 'many', 'tick']));
export type FieldKinds = z.output<typeof FieldKinds>;

const Press = z.discriminatedUnion('do', [
  z.object({ do: z.literal('press'), action: z.string(), payload: Payload }),
  /** What was chosen in this input of the card: a press as text. */
  z.object({ do: z.literal('chosen'), input: z.string() }),
  /** A form that was opened before: in a window, or (`here`) in the message itself. */
  z.object({ do: z.literal('open'), token: z.string(), values: Values, here: z.boolean().optional() }),
  z.object({ do: z.literal('submit'), token: z.string(), kinds: FieldKinds, values: Values.optional() }),
  /** The card as it is now, for who looks at it. */
  z.object({ do: z.literal('refresh') }),
]);
export type Press = z.output<typeof Press>;

const Data = z.looseObject({ wijk: Press });

/** Undefined when this is nothing a card of ours carries. The action's own schema checks the payload further. */
export function readPress(data: unknown): Press | undefined {
  return Data.safeParse(data).data?.wijk;
}

export const pressData = (press: Press): { wijk: Press } => ({ wijk: press });
