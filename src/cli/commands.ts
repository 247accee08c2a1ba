import type { LoadRun, Run } from './program.ts';

/** Command name to the module behind it; each is imported when its command runs. */
const modules: Readonly<Record<string, () => Promise<{ readonly run: Run }>>> = {
  audit: () => import('./commands/audit.ts'),
  baseline: () => import('./commands/baseline.ts'),
  'checks-explain': () => import('./commands/checks-explain.ts'),
  'checks-list': () => import('./commands/checks-list.ts'),
  collect: () => import('./commands/collect.ts'),
  demo: () => import('./commands/demo.ts'),
  doctor: () => import('./commands/doctor.ts'),
  'evidence-reperform': () => import('./commands/evidence-reperform.ts'),
  'evidence-show': () => import('./commands/evidence-show.ts'),
  'evidence-verify': () => import('./commands/evidence-verify.ts'),
  init: () => import('./commands/init.ts'),
  permissions: () => import('./commands/permissions.ts'),
  plan: () => import('./commands/plan.ts'),
  report: () => import('./commands/report.ts'),
  sweep: () => import('./commands/sweep.ts'),
  trace: () => import('./commands/trace.ts'),
  triage: () => import('./commands/triage.ts'),
  verify: () => import('./commands/verify.ts'),
};

export const loadCommand: LoadRun = async (name) => {
  const load = modules[name];
  if (load === undefined) {
    throw new Error(`no code behind the command ${name}`);
  }
  return (await load()).run;
};
