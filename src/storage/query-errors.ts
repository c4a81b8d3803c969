import { Prisma } from './generated/client.js';

/**
 * Prisma's codes for "not now, but the same request may succeed": no transaction to be had in time or one that took too
 * long (P2028), no free connection (P2024, P2037), a conflict between transactions (P2034).
 * https://www.prisma.io/docs/orm/reference/error-reference
 */
const BUSY_CODES = new Set(['P2024', 'P2028', 'P2034', 'P2037']);
/** The same from raw SQL, as PostgreSQL's codes: serialization failure, deadlock, lock not available, too many clients. */
const BUSY_SQL_STATES = new Set(['40001', '40P01', '55P03', '53300']);
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

/** True when nothing was written and trying again makes sense: the user hears "probeer opnieuw". */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const state = sqlState(error);
  return BUSY_CODES.has(error.code) || (state !== undefined && BUSY_SQL_STATES.has(state));
}

/** True when a row with the same unique value exists already. In a transaction nothing more can be done after it. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === 'P2002' || sqlState(error) === UNIQUE_VIOLATION;
}

/** True when a row cannot go because others need it. In a transaction nothing more can be done after it. */
export function isForeignKeyViolation(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === 'P2003' || sqlState(error) === FOREIGN_KEY_VIOLATION;
}

/** PostgreSQL's own code behind the error of a raw query (Prisma's P2010). */
function sqlState(error: Prisma.PrismaClientKnownRequestError): string | undefined {
  let value: unknown = error.meta;
  for (const key of ['driverAdapterError', 'cause', 'originalCode']) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return typeof value === 'string' ? value : undefined;
}
