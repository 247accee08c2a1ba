import type { PolicySet } from '../model/policy-document.ts';
import type { EscalationPath, GrantScope } from '../model/power.ts';
import type { EscalationRule, RequiredTarget } from './escalation-rule.ts';
import { escalationRules } from './escalation-rules.ts';
import { compileGlob, type Glob, globContains, literalGlob } from './glob.ts';
import type { Grant, GrantFinder } from './grants.ts';
import { commonPart } from './matching.ts';
import { subjectKind } from './power-subject.ts';
import type { Reach } from './reach.ts';

/** Null: the caller has no such target. `certain` false: its targets are not known. */
interface Targets {
  readonly universe?: readonly Glob[];
  readonly certain: boolean;
}

const literals = (arns: readonly string[]): Targets | null =>
  arns.length === 0 ? null : { universe: arns.map(literalGlob), certain: true };

const ownGroups = (finder: GrantFinder): Targets | null => {
  const { subject } = finder;
  if (subjectKind(subject) === 'group') {
    return literals([subject.principalArn]);
  }
  if (subject.groupArns !== undefined) {
    return literals(subject.groupArns);
  }
  const anyGroup = compileGlob(`arn:${subject.partition}:iam::${subject.accountId}:group/*`);
  return { universe: [anyGroup], certain: false };
};

const ownPolicies = (set: PolicySet): Targets | null =>
  literals(
    set.identity.flatMap(({ arn }) => (arn === undefined || arn.includes('::aws:policy/') ? [] : [arn])),
  );

const targetsFor = (
  target: RequiredTarget | undefined,
  set: PolicySet,
  finder: GrantFinder,
): Targets | null => {
  const isRole = subjectKind(finder.subject) === 'role';
  switch (target) {
    case 'self-user':
      return isRole ? null : { universe: [finder.own], certain: true };
    case 'self-role':
      return isRole ? { universe: [finder.own], certain: true } : null;
    case 'own-group':
      return isRole ? null : ownGroups(finder);
    case 'own-policy':
      return ownPolicies(set);
    case 'other-user':
    case undefined:
      return { certain: true };
    default:
      return target satisfies never;
  }
};

interface Requirement {
  readonly action: string;
  readonly verdict: 'allowed' | 'conditional';
  readonly scope: GrantScope;
  readonly reaches: readonly Reach[];
}

const passTargets = (
  rule: EscalationRule,
  action: string,
  partition: string,
): readonly (string | undefined)[] => {
  if (action !== 'iam:PassRole' || rule.passedTo === undefined) {
    return [undefined];
  }
  return partition === 'aws-cn'
    ? rule.passedTo.flatMap((service) => [service, `${service}.cn`])
    : rule.passedTo;
};

const requirementFor = (
  rule: EscalationRule,
  action: string,
  set: PolicySet,
  finder: GrantFinder,
): Requirement | null => {
  const target = rule.targets?.[action];
  const targets = targetsFor(target, set, finder);
  if (targets === null) {
    return null;
  }
  const grants = passTargets(rule, action, finder.subject.partition)
    .map((passedTo) =>
      finder.find({
        action,
        ...(targets.universe === undefined ? {} : { universe: targets.universe }),
        ...(passedTo === undefined ? {} : { passedTo }),
      }),
    )
    .filter((grant): grant is Grant => grant !== null);
  const grant = grants.find(({ verdict }) => verdict === 'allowed') ?? grants[0];
  if (grant === undefined) {
    return null;
  }
  const reaches =
    target === 'other-user'
      ? grant.reaches.filter((reach) => !globContains(finder.own, reach.glob))
      : grant.reaches;
  return reaches.length === 0
    ? null
    : { action, verdict: targets.certain ? grant.verdict : 'conditional', scope: grant.scope, reaches };
};

/** Is there one resource on which both are possible? Null: no; false: it cannot be told. */
const meetOnOneTarget = (left: Requirement, right: Requirement): boolean | null => {
  const meetings = left.reaches.flatMap((one) =>
    right.reaches.flatMap((other) => {
      const common = commonPart(one.glob, other.glob);
      return common === null ? [] : [common.exact];
    }),
  );
  return meetings.length === 0 ? null : meetings.includes(true);
};

const widthOf = { own: 0, specific: 1, all: 2 } as const satisfies Record<GrantScope, number>;

const narrowestScope = (requirements: readonly Requirement[]): GrantScope =>
  requirements.reduce<GrantScope>(
    (narrowest, { scope }) => (widthOf[scope] < widthOf[narrowest] ? scope : narrowest),
    'all',
  );

const applies = (rule: EscalationRule, set: PolicySet, finder: GrantFinder): boolean => {
  const kind = subjectKind(finder.subject) === 'role' ? 'role' : 'user';
  return (
    (rule.caller === undefined || rule.caller === kind) &&
    (rule.onlyWithBoundary !== true || set.boundary !== null)
  );
};

const pathFor = (rule: EscalationRule, set: PolicySet, finder: GrantFinder): EscalationPath | null => {
  if (!applies(rule, set, finder)) {
    return null;
  }
  const requirements: Requirement[] = [];
  for (const action of rule.actions) {
    const requirement = requirementFor(rule, action, set, finder);
    if (requirement === null) {
      return null;
    }
    requirements.push(requirement);
  }
  let certain = requirements.every(({ verdict }) => verdict === 'allowed');
  const [first, ...others] = requirements.filter(({ action }) => rule.sameTarget?.includes(action));
  for (const other of first === undefined ? [] : others) {
    const meeting = first === undefined ? null : meetOnOneTarget(first, other);
    if (meeting === null) {
      return null;
    }
    certain = certain && meeting;
  }
  return {
    id: rule.id,
    title: rule.title,
    category: rule.category,
    verdict: certain ? 'allowed' : 'conditional',
    actions: rule.actions,
    scope: narrowestScope(requirements),
    mustExist: rule.mustExist,
  };
};

/** Every known combination that survives the principal's policies, in the order of the rules. */
export const findEscalations = (set: PolicySet, finder: GrantFinder): readonly EscalationPath[] =>
  escalationRules.flatMap((rule) => {
    const path = pathFor(rule, set, finder);
    return path === null ? [] : [path];
  });
