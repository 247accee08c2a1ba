import type { NamedPolicy, PolicySet } from '../model/policy-document.ts';
import type { PolicyReference, Verdict } from '../model/power.ts';
import { type ApplicableStatement, applicableStatements } from './applicable-statements.ts';
import type { ConditionContext } from './condition-context.ts';
import { type Glob, globContains, globText } from './glob.ts';
import { commonPart } from './matching.ts';
import { isUnderResourceControl } from './resource-control-services.ts';

/** A set of resources on which the action is still possible after the layers looked at so far. */
export interface Reach {
  readonly glob: Glob;
  readonly certain: boolean;
  readonly allowedBy: readonly PolicyReference[];
  readonly undecided: readonly string[];
}

export interface ReachResult {
  readonly verdict: Verdict;
  readonly reaches: readonly Reach[];
  readonly deniedBy: readonly PolicyReference[];
}

/** Beyond this many patterns the rest is folded into one uncertain reach: hostile documents must not cost hours. */
const mostReaches = 200;

const mergeKeys = (left: readonly string[], right: readonly string[]): readonly string[] =>
  right.length === 0 ? left : left.length === 0 ? right : [...new Set([...left, ...right])];

const allowed = (reach: Reach, statement: ApplicableStatement, glob: Glob, certain: boolean): Reach => ({
  glob,
  certain: reach.certain && statement.certain && certain,
  allowedBy: [...reach.allowedBy, statement.reference],
  undecided: mergeKeys(reach.undecided, statement.undecided),
});

/** What an Allow statement leaves of a reach. */
const narrowBy = (reach: Reach, statement: ApplicableStatement): readonly Reach[] => {
  if (!statement.except) {
    return statement.resources.flatMap((resource) => {
      const common = commonPart(reach.glob, resource.glob);
      return common === null
        ? []
        : [allowed(reach, statement, common.glob, common.exact && resource.certain)];
    });
  }
  const covering = statement.resources.filter((resource) => globContains(resource.glob, reach.glob));
  if (covering.some((resource) => resource.certain)) {
    return [];
  }
  return [allowed(reach, statement, reach.glob, covering.length === 0)];
};

/** Same resources twice: the certain one stays; a certain reach swallows what lies inside the first one. */
const fold = (reaches: readonly Reach[], widest: readonly Glob[]): readonly Reach[] => {
  const byText = new Map<string, Reach>();
  for (const reach of reaches) {
    const text = globText(reach.glob);
    const known = byText.get(text);
    if (known === undefined || (reach.certain && !known.certain)) {
      byText.set(text, reach);
    }
  }
  const folded = [...byText.values()];
  const whole = folded.filter(
    (reach) => reach.certain && widest.some((glob) => globText(glob) === globText(reach.glob)),
  );
  const kept =
    whole.length === 0
      ? folded
      : folded.filter(
          (reach) => whole.includes(reach) || !whole.some((wide) => globContains(wide.glob, reach.glob)),
        );
  if (kept.length <= mostReaches) {
    return kept;
  }
  const [first] = kept;
  const rest = widest.map((glob) => ({
    glob,
    certain: false,
    allowedBy: first?.allowedBy ?? [],
    undecided: [],
  }));
  return [...kept.filter((reach) => reach.certain).slice(0, mostReaches), ...rest];
};

interface AfterDeny {
  readonly reaches: readonly Reach[];
  readonly denied: boolean;
}

const uncertain = (reach: Reach, statement: ApplicableStatement): Reach => ({
  ...reach,
  certain: false,
  undecided: mergeKeys(reach.undecided, statement.undecided),
});

const denyListed = (reach: Reach, statement: ApplicableStatement): AfterDeny => {
  const covering = statement.resources.filter((resource) => globContains(resource.glob, reach.glob));
  if (covering.length === 0) {
    return { reaches: [reach], denied: false };
  }
  return statement.certain && covering.some((resource) => resource.certain)
    ? { reaches: [], denied: true }
    : { reaches: [uncertain(reach, statement)], denied: false };
};

/** Deny with NotResource: only what the exceptions name survives. */
const denyAllBut = (reach: Reach, statement: ApplicableStatement): AfterDeny => {
  if (statement.resources.some((resource) => resource.certain && globContains(resource.glob, reach.glob))) {
    return { reaches: [reach], denied: false };
  }
  const survivors = statement.resources.flatMap((resource): Reach[] => {
    const common = commonPart(reach.glob, resource.glob);
    return common === null
      ? []
      : [{ ...reach, glob: common.glob, certain: reach.certain && common.exact && resource.certain }];
  });
  return statement.certain
    ? { reaches: survivors, denied: true }
    : { reaches: [...survivors, uncertain(reach, statement)], denied: false };
};

const denyBy = (reach: Reach, statement: ApplicableStatement): AfterDeny =>
  statement.except ? denyAllBut(reach, statement) : denyListed(reach, statement);

interface Layers {
  readonly limits: readonly (readonly NamedPolicy[])[];
  readonly denying: readonly NamedPolicy[];
}

const layersOf = (set: PolicySet, action: string): Layers => {
  const resourceControl = isUnderResourceControl(action) ? (set.resourceControl ?? []) : [];
  const limits = [
    ...(set.boundary ? [[set.boundary]] : []),
    ...(set.serviceControl ?? []),
    ...resourceControl,
  ];
  return { limits, denying: [...set.identity, ...limits.flat()] };
};

const verdictOf = (reaches: readonly Reach[], denied: boolean): Verdict => {
  if (reaches.some((reach) => reach.certain)) {
    return 'allowed';
  }
  if (reaches.length > 0) {
    return 'conditional';
  }
  return denied ? 'explicitly-denied' : 'not-allowed';
};

/**
 * On which of the resources in `universe` may the action be done? Identity policies open, boundary and control
 * policies narrow level by level, Deny statements of any layer take away.
 */
export const reachOf = (
  set: PolicySet,
  action: string,
  universe: readonly Glob[],
  context: ConditionContext,
): ReachResult => {
  const name = action.toLowerCase();
  const { limits, denying } = layersOf(set, name);
  const start = universe.map((glob): Reach => ({ glob, certain: true, allowedBy: [], undecided: [] }));
  let reaches: readonly Reach[] = start;
  for (const layer of [set.identity, ...limits]) {
    const statements = applicableStatements(layer, name, 'Allow', context);
    reaches = fold(
      reaches.flatMap((reach) => statements.flatMap((statement) => narrowBy(reach, statement))),
      universe,
    );
  }
  const deniedBy: PolicyReference[] = [];
  let whole: readonly Reach[] = start;
  for (const statement of applicableStatements(denying, name, 'Deny', context)) {
    const outcomes = reaches.map((reach) => denyBy(reach, statement));
    const left = whole.map((reach) => denyBy(reach, statement));
    if ([...outcomes, ...left].some((outcome) => outcome.denied)) {
      deniedBy.push(statement.reference);
    }
    reaches = fold(
      outcomes.flatMap((outcome) => outcome.reaches),
      universe,
    );
    whole = left.flatMap((outcome) => outcome.reaches);
  }
  return { verdict: verdictOf(reaches, deniedBy.length > 0), reaches, deniedBy };
};
