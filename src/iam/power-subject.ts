import type { NamedPolicy, PolicyDocument, PolicySet } from '../model/policy-document.ts';
import {
  type ConditionContext,
  conditionContext,
  type KnownValues,
  withPossibilities,
} from './condition-context.ts';
import { compileGlob, globContains, literalGlob } from './glob.ts';

/** Whose power is asked for, and what is known about the calls it can make. */
export interface PowerSubject {
  readonly accountId: string;
  readonly partition: string;
  /** User, role or group. A group stands for any user in it. */
  readonly principalArn: string;
  /** Groups that a user is in. Left out: not known, so paths through the own group are conditional. */
  readonly groupArns?: readonly string[];
  /** Null: the account is in no organization. Left out: not known. */
  readonly organizationId?: string | null;
  /** When the evidence was true: decides conditions on the time and on the age of a session. */
  readonly asOf?: string;
  /** More that is known of every call, by condition key. */
  readonly known?: KnownValues;
}

export type SubjectKind = 'user' | 'role' | 'group';

export const subjectKind = ({ principalArn }: PowerSubject): SubjectKind => {
  if (principalArn.includes(':group/')) {
    return 'group';
  }
  return principalArn.includes(':user/') ? 'user' : 'role';
};

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The ARN that "itself" means: for a group, a stand-in for one of its members. */
export const ownArn = (subject: PowerSubject): string =>
  subjectKind(subject) === 'group'
    ? `arn:${subject.partition}:iam::${subject.accountId}:user/<member of ${nameOf(subject.principalArn)}>`
    : subject.principalArn;

/** Service-linked roles obey no organization policy. */
export const withinControlPolicies = (set: PolicySet, subject: PowerSubject): PolicySet =>
  subject.principalArn.includes(':role/aws-service-role/')
    ? { ...set, serviceControl: null, resourceControl: null }
    : set;

const identityOf = (subject: PowerSubject): KnownValues => {
  switch (subjectKind(subject)) {
    case 'user':
      return {
        'aws:PrincipalArn': subject.principalArn,
        'aws:PrincipalType': 'User',
        'aws:username': nameOf(subject.principalArn),
      };
    case 'group':
      return { 'aws:PrincipalType': 'User', 'aws:username': nameOf(ownArn(subject)) };
    case 'role':
      return {
        'aws:PrincipalArn': subject.principalArn,
        'aws:PrincipalType': 'AssumedRole',
        'aws:username': null,
      };
  }
};

/** A caller is free to use TLS; a direct call is no call by an AWS service. All else stays unknown. */
export const subjectContext = (subject: PowerSubject): ConditionContext => {
  const { asOf } = subject;
  const context = conditionContext({
    ...identityOf(subject),
    'aws:PrincipalAccount': subject.accountId,
    'aws:PrincipalIsAWSService': 'false',
    'aws:SecureTransport': 'true',
    ...(subject.organizationId === undefined ? {} : { 'aws:PrincipalOrgID': subject.organizationId }),
    ...(asOf === undefined ? {} : { 'aws:CurrentTime': asOf, 'aws:EpochTime': asOf }),
  });
  const withSession =
    asOf === undefined
      ? context
      : withPossibilities(
          context,
          'aws:TokenIssueTime',
          // A user signs with a long-term key, which has no issue time, or with a fresh session.
          subjectKind(subject) === 'role' ? [asOf] : [null, asOf],
        );
  return conditionContext(subject.known ?? {}, withSession);
};

const commonRegions = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-southeast-1',
  'ap-northeast-1',
  'ca-central-1',
  'sa-east-1',
  'cn-north-1',
  'us-gov-west-1',
] as const;

/** A region that a value such as `eu-*` names. */
const regionFor = (value: string): string =>
  commonRegions.find((region) => globContains(compileGlob(value), literalGlob(region))) ??
  value.replace(/[*?]/g, '1');

const regionsByDocument = new WeakMap<PolicyDocument, readonly string[]>();

const regionsIn = (document: PolicyDocument): readonly string[] => {
  const known = regionsByDocument.get(document);
  if (known) {
    return known;
  }
  const regions = document.statements
    .flatMap((statement) => statement.conditions)
    .filter((condition) => condition.key.toLowerCase() === 'aws:requestedregion')
    .flatMap((condition) => condition.values.map(regionFor));
  regionsByDocument.set(document, regions);
  return regions;
};

const mostRegions = 6;

const globalServices: ReadonlySet<string> = new Set(['iam', 'organizations', 'account']);

const globalRegion = (partition: string): string =>
  partition === 'aws-cn' ? 'cn-north-1' : partition === 'aws-us-gov' ? 'us-gov-west-1' : 'us-east-1';

/**
 * The regions worth asking about: a caller chooses its region, so a region guard-rail forbids an action only where no
 * region is left. Empty: no policy cares.
 */
export const regionsWorthAsking = (set: PolicySet, subject: PowerSubject): readonly string[] => {
  const policies: readonly NamedPolicy[] = [
    ...set.identity,
    ...(set.boundary ? [set.boundary] : []),
    ...(set.serviceControl ?? []).flat(),
    ...(set.resourceControl ?? []).flat(),
  ];
  const named = policies.flatMap(({ document }) => (document === null ? [] : regionsIn(document)));
  return named.length === 0
    ? []
    : [...new Set([globalRegion(subject.partition), ...named])].slice(0, mostRegions);
};

/** The contexts in which a call to this service can be made. */
export const callContexts = (
  context: ConditionContext,
  regions: readonly string[],
  action: string,
  partition: string,
): readonly ConditionContext[] => {
  if (regions.length === 0 || context.has('aws:requestedregion')) {
    return [context];
  }
  const service = action.slice(0, action.indexOf(':'));
  const possible = globalServices.has(service) ? [globalRegion(partition)] : regions;
  return possible.map((region) => conditionContext({ 'aws:RequestedRegion': region }, context));
};
