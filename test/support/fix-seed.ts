import fc from 'fast-check';

/** Random tests draw the same in every run, so that a run which fails fails again; `SEED=...` tries others. */
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20_261_122) });
