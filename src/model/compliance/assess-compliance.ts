import type { AuditResult } from '../audit-result.ts';
import { type CheckEvidence, evidenceOfChecks, type MappedEvidence } from './check-evidence.ts';
import type { Control, Framework } from './framework.ts';
import { compareControlIds, frameworks } from './frameworks.ts';
import { outdatedControls } from './outdated-controls.ts';
import { type RunScope, scopeOf } from './scope-doubts.ts';

/**
 * not-satisfied: an open finding speaks against it · exception: only findings that a live exception accepts ·
 * cannot-tell: something was not seen, not asked, or lies beyond the checks · satisfied: every mapped check that applies
 * was answered over complete evidence, everywhere, with nothing out of view · not-assessed: no check applies
 */
export const controlStatuses = [
  'not-satisfied',
  'cannot-tell',
  'exception',
  'satisfied',
  'not-assessed',
] as const;
export type ControlStatus = (typeof controlStatuses)[number];

export interface ControlAssessment {
  readonly control: Control;
  readonly status: ControlStatus;
  /** Why it is not more; empty for `satisfied` and `not-satisfied`. */
  readonly why: readonly string[];
  /** The mapped checks with what each looked at, sorted by id. */
  readonly checks: readonly CheckEvidence[];
}

export interface FrameworkAssessment {
  readonly framework: Framework;
  /** Controls to which a check is mapped, in the framework's order. */
  readonly controls: readonly ControlAssessment[];
  /** Controls that no check looks at. Nothing is said of them. */
  readonly notAssessed: readonly Control[];
}

export interface ComplianceAssessment {
  readonly asOf: string;
  readonly scope: RunScope;
  readonly frameworks: readonly FrameworkAssessment[];
}

function doubtsFor({ exact }: Framework, { id, doubts, options }: CheckEvidence): readonly string[] {
  const limits =
    exact && options.length > 0 ? [`it was run with limits of your own (${options.join(', ')})`] : [];
  return [...doubts, ...limits].map((doubt) => `${id}: ${doubt}`);
}

function assessControl(
  framework: Framework,
  control: Control,
  checks: readonly CheckEvidence[],
  scope: RunScope,
): ControlAssessment {
  const assessed = (status: ControlStatus, why: readonly string[] = []): ControlAssessment => ({
    control,
    status,
    why,
    checks,
  });
  if (checks.some(({ open }) => open.length > 0)) {
    return assessed('not-satisfied');
  }
  const doubts = [
    ...(scope.doubts.length === 0 ? [] : ['not everything was in view']),
    ...checks.flatMap((check) => doubtsFor(framework, check)),
  ];
  if (doubts.length > 0) {
    return assessed('cannot-tell', doubts);
  }
  const accepted = checks.reduce((sum, check) => sum + check.accepted.length, 0);
  if (accepted > 0) {
    return assessed('exception', [
      accepted === 1
        ? '1 finding is accepted by an exception'
        : `${accepted} findings are accepted by exceptions`,
    ]);
  }
  if (checks.every(({ answered }) => answered === 0)) {
    return assessed('not-assessed', ['no mapped check applies here']);
  }
  return control.beyond === undefined ? assessed('satisfied') : assessed('cannot-tell', [control.beyond]);
}

/** The ids of today's framework that a check's mapping names, older versions translated. */
function controlsNamed(framework: Framework, { frameworks: named }: MappedEvidence): readonly string[] {
  const translated = Object.entries(outdatedControls)
    .filter(([, { now }]) => now === framework.key)
    .flatMap(([key, { ids }]) =>
      (named[key] ?? []).flatMap((id) => (Object.hasOwn(ids, id) ? (ids[id] ?? []) : [])),
    );
  return [...(named[framework.key] ?? []), ...translated];
}

function assessFramework(
  framework: Framework,
  checks: readonly MappedEvidence[],
  scope: RunScope,
): FrameworkAssessment {
  const mapped = new Map<string, CheckEvidence[]>();
  for (const check of checks) {
    for (const id of new Set(controlsNamed(framework, check))) {
      mapped.set(id, [...(mapped.get(id) ?? []), check.evidence]);
    }
  }
  const known = new Map(framework.controls.map((control) => [control.id, control]));
  // A check of somebody else may name a control that the tables lack: it is listed by its id.
  const strange = [...mapped.keys()].filter((id) => !known.has(id)).sort(compareControlIds);
  const all = [...framework.controls, ...strange.map((id): Control => ({ id, words: 'Not in the tables' }))];
  return {
    framework,
    controls: all.flatMap((control) => {
      const own = mapped.get(control.id);
      return own === undefined ? [] : [assessControl(framework, control, own, scope)];
    }),
    notAssessed: all.filter(({ id }) => !mapped.has(id)),
  };
}

/** What a result shows of each framework. It says `satisfied` only where it saw everything that the mapped checks ask. */
export function assessCompliance(result: AuditResult): ComplianceAssessment {
  const scope = scopeOf(result);
  const checks = evidenceOfChecks(result);
  return {
    asOf: result.asOf,
    scope,
    frameworks: frameworks.map((framework) => assessFramework(framework, checks, scope)),
  };
}
