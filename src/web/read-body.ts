import type { Request } from 'express';
import type { z } from 'zod';

/** What arrived does not have the shape a page of ours sends. */
class BadRequest extends Error {
  override name = 'BadRequest';
  readonly code = 'WEB.BAD_REQUEST';
  readonly status = 400;
}

/** More than anybody types. */
export class TooLarge extends Error {
  override name = 'TooLarge';
  readonly code = 'WEB.TOO_LARGE';
  readonly status = 413;
}

/** @throws BadRequest, shown to the visitor as a page that says nothing was saved. */
export function readBody<S extends z.ZodType>(schema: S, request: Request): z.output<S> {
  return read(schema, request.body);
}

/** @throws BadRequest */
export function readQuery<S extends z.ZodType>(schema: S, request: Request): z.output<S> {
  return read(schema, request.query);
}

function read<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value ?? {});
  if (!parsed.success) throw new BadRequest();
  return parsed.data;
}
