/**
 * The keys that begin with this and a colon, as a range: the index finds them at any number of deliveries, which it does not
 * for `startsWith` with a parameter. The column sorts byte by byte (migration 0023), where a semicolon follows the colon.
 */
export const keysUnder = (start: string) => ({ gte: `${start}:`, lt: `${start};` });
