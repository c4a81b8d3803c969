import { Prisma } from './generated/client.js';

/** Operations that read or change rows by a `where`; the others name the municipality in the row itself. */
const GUARDED_OPERATIONS = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
  'update',
  'updateMany',
  'updateManyAndReturn',
  'upsert',
  'delete',
  'deleteMany',
]);

const TENANT_MODELS = new Set<string>(
  Object.values(Prisma.ModelName).filter((model) => 'municipalityId' in Prisma[`${model}ScalarFieldEnum`]),
);

/** The rows that tell of which municipality a request is, by the key that finds exactly one. */
const FINDS_MUNICIPALITY: Readonly<Record<string, string>> = {
  PartnerRequest: 'tokenHash',
  Workspace: 'platform_externalId',
  SignInLink: 'tokenHash',
  SignInSession: 'tokenHash',
};

/** A query that could reach into every municipality: a bug in the code that asked, never the user's doing. */
class TenantError extends Error {
  override name = 'TenantError';
  readonly code = 'STORAGE.NO_MUNICIPALITY';
  constructor(model: string, operation: string) {
    super(`${model}.${operation} must say which municipality: put municipalityId in its where.`);
  }
}

/**
 * Refuses every query on rows of a municipality that does not name one. Prisma leaves a condition out when its value is
 * `undefined`, so a forgotten variable would otherwise read every town's rows.
 * @throws TenantError
 */
export const tenantGuard = Prisma.defineExtension({
  name: 'tenant guard',
  query: {
    $allModels: {
      $allOperations({ model, operation, args, query }) {
        const guarded = TENANT_MODELS.has(model) && GUARDED_OPERATIONS.has(operation);
        if (guarded && !namesMunicipality(whereOf(args)) && !findsMunicipality(model, operation, whereOf(args))) {
          throw new TenantError(model, operation);
        }
        return query(args);
      },
    },
  },
});

function whereOf(args: unknown): unknown {
  return isRecord(args) ? args['where'] : undefined;
}

function findsMunicipality(model: string, operation: string, where: unknown): boolean {
  const key = FINDS_MUNICIPALITY[model];
  if (key === undefined || !operation.startsWith('findUnique') || !isRecord(where)) return false;
  return isRecord(where[key]) || (typeof where[key] === 'string' && where[key] !== '');
}

function namesMunicipality(where: unknown): boolean {
  if (!isRecord(where)) return false;
  return Object.entries(where).some(([key, value]) => {
    if (key === 'municipalityId') return isNamed(value);
    if (key === 'AND') return (Array.isArray(value) ? value : [value]).some(namesMunicipality);
    if (key === 'OR') return Array.isArray(value) && value.length > 0 && value.every(namesMunicipality);
    // A compound key: municipalityId_id, municipalityId_reference ...
    return key.startsWith('municipalityId_') && isRecord(value) && isNamed(value['municipalityId']);
  });
}

/** One municipality, or a list written out: what spans all of them has to say so. */
function isNamed(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  if (!isRecord(value)) return false;
  return typeof value['equals'] === 'string' || (Array.isArray(value['in']) && value['in'].length > 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
