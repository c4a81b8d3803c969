/** Who may know whom. `npm run lint:imports` holds the code against it; `test/import-rules.test.ts` proves that it bites. */
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'platforms-know-only-the-chat',
      comment: 'A platform translates; it calls no capability directly.',
      severity: 'error',
      from: { path: '^src/platforms/([^/]+)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/(chat|storage|web|operations|calendar)/',
          '^src/(config|start-error)\\.ts$',
          '^src/platforms/$1/',
        ],
      },
    },
    {
      name: 'nobody-knows-a-platform',
      comment: 'Only app.ts puts the platforms in.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/platforms/', '^src/app\\.ts$', '^src/cli/'] },
      to: { path: '^src/platforms/' },
    },
    {
      name: 'the-chat-knows-no-capability',
      severity: 'error',
      from: { path: '^src/chat/' },
      to: {
        path: '^src/',
        pathNot: ['^src/(chat|storage|operations)/', '^src/municipality/municipality-settings\\.ts$'],
      },
    },
    {
      name: 'storage-knows-nobody',
      severity: 'error',
      from: { path: '^src/storage/' },
      to: { path: '^src/', pathNot: '^src/storage/' },
    },
    {
      name: 'delivery-knows-no-capability',
      severity: 'error',
      from: { path: '^src/delivery/' },
      to: { path: '^src/', pathNot: '^src/(delivery|chat|storage|operations|calendar)/' },
    },
    {
      name: 'scheduling-knows-no-capability',
      severity: 'error',
      from: { path: '^src/scheduling/' },
      to: { path: '^src/', pathNot: '^src/(scheduling|chat|storage|operations|calendar)/' },
    },
    {
      name: 'only-storage-makes-the-database-client',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/storage/' },
      to: { path: '^src/storage/(generated|client|open-)' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { pathNot: '^src/storage/generated/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
