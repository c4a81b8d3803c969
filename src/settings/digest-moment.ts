/** When a digest comes for who never chose: Monday at half past eight, before the week's first meetings. */
export const DEFAULT_DIGEST = { day: 1, at: 8 * 60 + 30 };
