import type { PolicyDocument, Statement } from '../model/policy-document.ts';
import type { ResourceGrant } from '../model/power.ts';
import { accessGrants, type GrantContext } from './access-grants.ts';
import { classifyPrincipal } from './classify-principal.ts';
import { type ConditionContext, conditionContext, type KnownValues } from './condition-context.ts';
import { evaluateConditions, undecidedKeys } from './conditions.ts';
import { matchesAction } from './matching.ts';
import { usesVariables } from './statement-index.ts';

/** Services that act for the account whose resource triggered them, so that the source must be pinned. */
const isDeputy = ({ principalKind, guards }: Pick<ResourceGrant, 'principalKind' | 'guards'>): boolean =>
  principalKind === 'service' && !(guards.sourceArn || guards.sourceAccount || guards.organization);

/** Who may do what to the thing that carries this policy. */
export const analyzeResourcePolicy = (
  document: PolicyDocument,
  context: GrantContext,
): readonly ResourceGrant[] =>
  accessGrants(document, context).map((grant) => ({
    ...grant,
    anonymous:
      grant.principalKind === 'anyone' &&
      !(
        grant.guards.organization ||
        grant.guards.sourceAccount ||
        grant.guards.sourceArn ||
        grant.guards.externalId ||
        grant.guards.mfa
      ),
    confusedDeputy: isDeputy(grant),
  }));

/** `anonymous`: without any credentials; `any-aws-principal`: signed by an account we know nothing of. */
export type OutsideCaller = 'anonymous' | 'any-aws-principal';

export interface AnonymousAccess {
  /** `conditional`: the conditions that decide are not known (a network, an element not understood). */
  readonly verdict: 'yes' | 'conditional' | 'no';
  /** Condition keys on which `conditional` hangs, lower case, sorted. */
  readonly conditionKeys: readonly string[];
}

/** A value that no policy can name. */
const nobody = '\u0000outsider';

const callerContext = (caller: OutsideCaller, known: KnownValues): ConditionContext => {
  const identity = caller === 'anonymous' ? null : nobody;
  return conditionContext({
    'aws:PrincipalAccount': identity,
    'aws:PrincipalArn': identity,
    'aws:PrincipalOrgID': identity,
    'aws:PrincipalOrgPaths': identity,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalType': caller === 'anonymous' ? 'Anonymous' : 'AssumedRole',
    'aws:userid': caller === 'anonymous' ? 'anonymous' : nobody,
    'aws:username': null,
    'aws:SecureTransport': 'true',
    'aws:SourceAccount': null,
    'aws:SourceArn': null,
    'aws:SourceOrgID': null,
    'aws:SourceOrgPaths': null,
    'aws:SourceOwner': null,
    ...known,
  });
};

const openNetworks: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

/** A source address is always there, and every address is in these networks. */
const withoutOpenNetworks = (statement: Statement): Statement['conditions'] =>
  statement.conditions.filter(
    ({ key, operator, values }) =>
      !(
        key.toLowerCase() === 'aws:sourceip' &&
        operator === 'IpAddress' &&
        values.some((value) => openNetworks.has(value))
      ),
  );

const coversAction = (statement: Statement, action: string): boolean => {
  if (statement.actions !== null && statement.notActions === null) {
    return statement.actions.some((pattern) => matchesAction(pattern, action));
  }
  return !(statement.notActions ?? []).some((pattern) => matchesAction(pattern, action));
};

const hasNoPrincipal = ({ principals, notPrincipals }: Statement): boolean =>
  notPrincipals === null && (principals ?? []).length === 0;

const isEveryone = (statement: Statement): boolean =>
  statement.notPrincipals !== null ||
  hasNoPrincipal(statement) ||
  (statement.principals ?? []).some((principal) => classifyPrincipal(principal).kind === 'anyone');

interface StatementOutcome {
  readonly effect: Statement['effect'];
  readonly certain: boolean;
  readonly keys: readonly string[];
}

/**
 * May somebody outside do this? Decided by what such a caller's request carries: it has no organization, no account of
 * ours and no source ARN, so a condition on one of them is not met, whatever its spelling.
 */
export const allowsAnonymous = (
  document: PolicyDocument,
  action: string,
  known: KnownValues = {},
  caller: OutsideCaller = 'anonymous',
): AnonymousAccess => {
  const context = callerContext(caller, known);
  const variables = usesVariables(document);
  const outcomes = document.statements.flatMap((statement): StatementOutcome[] => {
    if (!isEveryone(statement) || !coversAction(statement, action)) {
      return [];
    }
    const conditions = withoutOpenNetworks(statement);
    const outcome = evaluateConditions(conditions, context, variables);
    const isUnderstood =
      statement.unsupported.length + document.unsupported.length === 0 && !hasNoPrincipal(statement);
    if (outcome === 'not-met' && statement.unsupported.length + document.unsupported.length === 0) {
      return [];
    }
    return [
      {
        effect: statement.effect,
        certain: outcome === 'met' && isUnderstood,
        keys: undecidedKeys(conditions, context, variables),
      },
    ];
  });
  const allowing = outcomes.filter(({ effect }) => effect !== 'Deny');
  const denying = outcomes.filter(({ effect }) => effect !== 'Allow');
  if (allowing.length === 0 || denying.some(({ effect, certain }) => effect === 'Deny' && certain)) {
    return { verdict: 'no', conditionKeys: [] };
  }
  if (denying.length === 0 && allowing.some(({ effect, certain }) => effect === 'Allow' && certain)) {
    return { verdict: 'yes', conditionKeys: [] };
  }
  return {
    verdict: 'conditional',
    conditionKeys: [...new Set([...allowing, ...denying].flatMap(({ keys }) => keys))].sort(),
  };
};
