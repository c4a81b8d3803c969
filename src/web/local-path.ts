import { z } from 'zod';

/** A path on this site only: `//elsewhere`, `/\elsewhere` and what browsers make of tabs and line ends lead away from it. */
export const LocalPath = z
  .string()
  .max(2_000)
  .regex(/^\/(?![/\\])[^\s\\]*$/);
