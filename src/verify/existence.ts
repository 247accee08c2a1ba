import type { AuditResult } from '../model/audit-result.ts';
import type { EvidenceKey } from '../model/evidence-catalog.ts';
import type { Answers, ResultUnit } from './answers.ts';

/** The collected fact that lists every thing of a kind: only where it was seen in full can one be said to be nowhere. */
const listedIn: Readonly<Partial<Record<string, readonly EvidenceKey[]>>> = {
  'access-key': ['iam.access-keys'],
  analyzer: ['access-analyzer.analyzers'],
  'api-key': ['api-gateway.api-keys'],
  application: ['identity-center.applications'],
  assignment: ['identity-center.assignments'],
  'delegated-administrator': ['organizations.delegated-administrators'],
  'directory-group': ['identity-store.groups'],
  'directory-membership': ['identity-store.memberships'],
  'directory-user': ['identity-store.users'],
  'domain-name': ['api-gateway.domain-names'],
  'event-source-mapping': ['lambda.event-source-mappings'],
  'function-url': ['lambda.function-urls'],
  handshake: ['organizations.handshakes', 'organizations.account-handshakes'],
  'http-api': ['api-gateway.http-apis'],
  'iam-group': ['iam.authorization-details'],
  'iam-policy': ['iam.authorization-details'],
  'iam-role': ['iam.authorization-details'],
  'iam-user': ['iam.authorization-details'],
  'lambda-function': ['lambda.functions'],
  'lambda-layer': ['lambda.layers'],
  'login-profile': ['iam.login-profiles'],
  'mfa-device': ['iam.mfa-devices'],
  'oidc-provider': ['iam.oidc-providers'],
  'organization-policy': ['organizations.policies'],
  'permission-set': ['identity-center.permission-sets'],
  'rest-api': ['api-gateway.rest-apis'],
  'saml-provider': ['iam.saml-providers'],
  'service-specific-credential': ['iam.service-specific-credentials'],
  'signing-certificate': ['iam.signing-certificates'],
  'ssh-public-key': ['iam.ssh-public-keys'],
  trail: ['cloudtrail.trails'],
  'trusted-service': ['organizations.trusted-services'],
  'trusted-token-issuer': ['identity-center.trusted-token-issuers'],
  'websocket-api': ['api-gateway.http-apis'],
};

/** Derived facts are as complete as what they are derived from. */
const derivedFrom: Readonly<Partial<Record<string, readonly string[]>>> = {
  principals: ['iam.authorization-details'],
  endpoints: ['lambda.functions', 'lambda.function-urls', 'api-gateway.'],
  'identity-center.administrators': ['identity-center.permission-sets', 'identity-center.assignments'],
  'resources.account': ['iam.', 'cloudtrail.', 'organizations.account-handshakes'],
  'resources.region': ['lambda.', 'api-gateway.'],
  'resources.organization': ['organizations.', 'identity-center.', 'identity-store.'],
};

function lists(required: string, key: EvidenceKey): boolean {
  const sources = derivedFrom[required] ?? [];
  return (
    required === key ||
    sources.some((source) => (source.endsWith('.') ? key.startsWith(source) : key === source))
  );
}

interface Place {
  readonly type: string;
  readonly accountId: string | null;
  readonly region: string | null;
}

function unitFor(
  scope: AuditResult['checks'][number]['scope'],
  { accountId, region }: Place,
): ResultUnit | null {
  switch (scope) {
    case 'organization':
      return accountId === null ? {} : null;
    case 'account':
      return accountId === null ? null : { accountId };
    case 'region':
      return accountId === null || region === null ? null : { accountId, region };
    default:
      return scope satisfies never;
  }
}

/** Kinds that lie in accounts are not listed by organization checks, and the other way round. */
function isOrganizationKey(key: EvidenceKey): boolean {
  return (
    /^(?:organizations|identity-center|identity-store)\./.test(key) &&
    key !== 'organizations.account-handshakes'
  );
}

/**
 * True where some check that needs the list of all things of this kind gave a full answer in the thing's place, over
 * evidence newer than `threshold`. A check about passwords may pass although the list of users was refused: it says
 * nothing about the user. Kinds without a list are told by their own check alone.
 */
export function wouldHaveBeenSeen(
  now: AuditResult,
  answers: Answers,
  place: Place,
  threshold: number,
): boolean {
  const keys = listedIn[place.type];
  if (keys === undefined) {
    return true;
  }
  return now.checks.some(({ id, scope, requires }) => {
    const key = keys.find((one) => requires.some((required) => lists(required, one)));
    if (key === undefined) {
      return false;
    }
    // What the organization holds is named with the account it concerns.
    const unit = unitFor(scope, isOrganizationKey(key) ? { ...place, accountId: null } : place);
    const answer = unit === null ? null : answers.of(id, [unit]);
    return answer?.state === 'complete' && answer.asOf !== null && answer.asOf > threshold;
  });
}
