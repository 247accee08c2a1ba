import type { PolicySet } from '../model/policy-document.ts';
import type { GrantedAction, GrantScope, PolicyReference } from '../model/power.ts';
import { targetsOf } from './action-targets.ts';
import { type ConditionContext, conditionContext } from './condition-context.ts';
import { compileGlob, type Glob, globContains, globText, literalGlob } from './glob.ts';
import {
  callContexts,
  ownArn,
  type PowerSubject,
  regionsWorthAsking,
  subjectContext,
} from './power-subject.ts';
import { type Reach, reachOf } from './reach.ts';
import { statementsAbout } from './statement-index.ts';

/** What is left of an action for a principal. */
export interface Grant {
  readonly verdict: 'allowed' | 'conditional';
  readonly scope: GrantScope;
  readonly reaches: readonly Reach[];
}

interface GrantQuestion {
  readonly action: string;
  /** Resources to ask about; left out: the kind of resource the action works on. */
  readonly universe?: readonly Glob[];
  readonly passedTo?: string;
}

/** Answers questions about one principal; each is computed once. */
export interface GrantFinder {
  readonly subject: PowerSubject;
  readonly own: Glob;
  readonly find: (question: GrantQuestion) => Grant | null;
}

const targetUniverse = (action: string, { partition, accountId }: PowerSubject): readonly Glob[] => {
  const targets = targetsOf(action);
  if (targets === undefined) {
    return [compileGlob(`arn:${partition}:*`)];
  }
  return targets.length === 0
    ? [literalGlob('*')]
    : targets.map((target) => compileGlob(`arn:${partition}:${target.replace('{account}', accountId)}`));
};

/** The account that owns the target is known where the kind of target lies in the caller's own account. */
const targetContext = (
  action: string,
  subject: PowerSubject,
  context: ConditionContext,
): ConditionContext => {
  const isOwnAccount = (targetsOf(action) ?? []).some((target) => target.includes('{account}'));
  return isOwnAccount ? conditionContext({ 'aws:ResourceAccount': subject.accountId }, context) : context;
};

const scopeOf = (reaches: readonly Reach[], universe: readonly Glob[], own: Glob): GrantScope => {
  if (reaches.every((reach) => globContains(own, reach.glob))) {
    return 'own';
  }
  const isWhole = reaches.some((reach) => universe.some((glob) => globContains(reach.glob, glob)));
  return isWhole ? 'all' : 'specific';
};

/** Most principals are silent about most actions: no need to ask the other layers then. */
const isMentioned = (set: PolicySet, action: string): boolean =>
  set.identity.some(
    ({ document }) =>
      document === null ||
      statementsAbout(document, action.toLowerCase()).some(({ statement }) => statement.effect !== 'Deny'),
  );

export const grantFinder = (set: PolicySet, subject: PowerSubject): GrantFinder => {
  const own = literalGlob(ownArn(subject));
  const base = subjectContext(subject);
  const regions = regionsWorthAsking(set, subject);
  const answers = new Map<string, Grant | null>();

  const compute = ({ action, universe: asked, passedTo }: GrantQuestion): Grant | null => {
    if (!isMentioned(set, action)) {
      return null;
    }
    const universe = asked ?? targetUniverse(action, subject);
    const known = targetContext(action, subject, base);
    const context =
      passedTo === undefined ? known : conditionContext({ 'iam:PassedToService': passedTo }, known);
    const results = callContexts(context, regions, action, subject.partition).map((callContext) =>
      reachOf(set, action, universe, callContext),
    );
    const best =
      results.find((result) => result.verdict === 'allowed') ??
      results.find((result) => result.verdict === 'conditional');
    if (best === undefined) {
      return null;
    }
    const isAllowed = best.verdict === 'allowed';
    const reaches = best.reaches.filter((reach) => reach.certain === isAllowed);
    return {
      verdict: isAllowed ? 'allowed' : 'conditional',
      scope: scopeOf(reaches, universe, own),
      reaches,
    };
  };

  const find = (question: GrantQuestion): Grant | null => {
    const universe = question.universe?.map(globText).join(' ') ?? '';
    const key = `${question.action} ${question.passedTo ?? ''} ${universe}`;
    const known = answers.get(key);
    if (known !== undefined) {
      return known;
    }
    const grant = compute(question);
    answers.set(key, grant);
    return grant;
  };

  return { subject, own, find };
};

const mostResources = 20;
const mostReferences = 5;

/** Each statement once, in the order in which it was met. */
export const uniqueReferences = (references: readonly PolicyReference[]): readonly PolicyReference[] => [
  ...new Map(
    references.map((reference) => [
      `${reference.source} ${reference.arn ?? reference.policy} ${reference.statement}`,
      reference,
    ]),
  ).values(),
];

export const grantedAction = (finder: GrantFinder, action: string): GrantedAction | null => {
  const grant = finder.find({ action });
  if (grant === null) {
    return null;
  }
  const isConditional = grant.verdict === 'conditional';
  return {
    action,
    verdict: grant.verdict,
    scope: grant.scope,
    resources: [...new Set(grant.reaches.map((reach) => globText(reach.glob)))]
      .sort()
      .slice(0, mostResources),
    allowedBy: uniqueReferences(grant.reaches.flatMap((reach) => reach.allowedBy)).slice(0, mostReferences),
    conditionKeys: isConditional
      ? [...new Set(grant.reaches.flatMap((reach) => reach.undecided))].sort()
      : [],
  };
};
