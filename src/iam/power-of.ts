import type { NamedPolicy, PolicySet } from '../model/policy-document.ts';
import type { GrantedAction, PolicyReference, Power } from '../model/power.ts';
import { mintingActions, organizationActions, userOnlyActions } from './capability-actions.ts';
import { findEscalations } from './find-escalations.ts';
import { type Grant, type GrantFinder, grantedAction, grantFinder, uniqueReferences } from './grants.ts';
import { type PowerSubject, subjectKind, withinControlPolicies } from './power-subject.ts';
import { readsOnly } from './reads-only.ts';

/** No service has these names: only a wildcard or a NotAction grants them all. */
const arbitraryActions = ['aa-probe:AnyAction', 'mm-probe:ReadAnything', 'zz-probe:WriteAnything'] as const;

/** Who holds all of these on every target can give itself, or any other principal, whatever it wants. */
const iamControlActions = [
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:UpdateAssumeRolePolicy',
] as const;

type Degree = 'yes' | 'conditional' | 'no';

const degreeOf = (grant: Grant | null): Degree =>
  grant?.scope !== 'all' ? 'no' : grant.verdict === 'allowed' ? 'yes' : 'conditional';

const weakest = (degrees: readonly Degree[]): Degree =>
  degrees.includes('no') ? 'no' : degrees.includes('conditional') ? 'conditional' : 'yes';

const strongest = (degrees: readonly Degree[]): Degree =>
  degrees.includes('yes') ? 'yes' : degrees.includes('conditional') ? 'conditional' : 'no';

type Administration = Pick<Power, 'administrator' | 'administratorBy' | 'administratorPolicies'>;

const mostPolicies = 10;

const referencesOf = (grants: readonly (Grant | null)[]): readonly PolicyReference[] =>
  uniqueReferences(grants.flatMap((grant) => grant?.reaches ?? []).flatMap((reach) => reach.allowedBy)).slice(
    0,
    mostPolicies,
  );

const administrationOf = (finder: GrantFinder): Administration => {
  const everything = arbitraryActions.map((action) => finder.find({ action }));
  const control = iamControlActions.map((action) => finder.find({ action }));
  const controlDegrees = control.map(degreeOf);
  // A guard that holds back one or two IAM writes leaves an administrator an administrator; one that holds back all does not.
  const allActions = weakest([...everything.map(degreeOf), strongest(controlDegrees)]);
  const allIam = weakest(controlDegrees);
  const administrator = strongest([allActions, allIam]);
  if (administrator === 'no') {
    return { administrator, administratorBy: null, administratorPolicies: [] };
  }
  const byActions = allActions === administrator;
  return {
    administrator,
    administratorBy: byActions ? 'all-actions' : 'all-iam',
    administratorPolicies: referencesOf(byActions ? everything : control),
  };
};

const isUnderstood = ({ document }: NamedPolicy): boolean =>
  document !== null &&
  document.unsupported.length === 0 &&
  document.statements.every((statement) => statement.unsupported.length === 0);

const grantedOf = (finder: GrantFinder, actions: readonly string[]): readonly GrantedAction[] =>
  actions.flatMap((action) => {
    const granted = grantedAction(finder, action);
    return granted === null ? [] : [granted];
  });

/**
 * What a principal can do, from its policies alone: no resource policy, no session policy, no knowledge of what exists.
 * For a certain administrator the escalation paths stay empty, because there is nothing left to escalate to.
 */
export const powerOf = (policies: PolicySet, subject: PowerSubject): Power => {
  const set = withinControlPolicies(policies, subject);
  const finder = grantFinder(set, subject);
  const administration = administrationOf(finder);
  const isRole = subjectKind(subject) === 'role';
  const layers = [
    ...set.identity,
    ...(set.boundary ? [set.boundary] : []),
    ...(set.serviceControl ?? []).flat(),
    ...(set.resourceControl ?? []).flat(),
  ];
  return {
    ...administration,
    mintsCredentials: grantedOf(
      finder,
      mintingActions.filter((action) => !(isRole && userOnlyActions.has(action))),
    ),
    escalationPaths: administration.administrator === 'yes' ? [] : findEscalations(set, finder),
    changesOrganization: grantedOf(finder, organizationActions),
    readsOnly: readsOnly(set.identity),
    unparsedPolicies: [
      ...new Set(layers.filter((policy) => !isUnderstood(policy)).map(({ name }) => name)),
    ].sort(),
  };
};
