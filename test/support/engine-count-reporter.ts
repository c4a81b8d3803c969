import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node';

const ENGINES = ['pglite', 'postgresql'] as const;

/** Says how many tests ran on each engine, and fails the run when one engine was spared what the other was asked. */
export default class EngineCountReporter implements Reporter {
  private projects: string[] = [];

  onInit(vitest: Vitest) {
    this.projects = vitest.projects.map((project) => project.name);
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: readonly unknown[], reason: TestRunEndReason) {
    const ran = (engine: string) =>
      modules
        .filter((module) => module.project.name === engine)
        .flatMap((module) =>
          [...module.children.allTests()]
            .filter((test) => test.result().state !== 'skipped')
            .map((test) => `${module.relativeModuleId} > ${test.fullName}`),
        );
    const [pglite, postgresql] = [ran('pglite'), ran('postgresql')];
    if (pglite.length + postgresql.length === 0) return;
    process.stdout.write(`Tests per engine: ${pglite.length} on PGlite, ${postgresql.length} on PostgreSQL.\n`);
    if (reason === 'interrupted' || !ENGINES.every((engine) => this.projects.includes(engine))) return;
    const different = [
      ...pglite.filter((test) => !postgresql.includes(test)).map((test) => `only on PGlite: ${test}`),
      ...postgresql.filter((test) => !pglite.includes(test)).map((test) => `only on PostgreSQL: ${test}`),
    ];
    if (different.length === 0) return;
    process.stderr.write(`${['The engines did not run the same tests.', ...different].join('\n  ')}\n`);
    process.exitCode = 1;
  }
}
