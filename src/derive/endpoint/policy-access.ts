import { conditionContext } from '../../iam/condition-context.ts';
import { evaluateConditions, undecidedKeys } from '../../iam/conditions.ts';
import { compileGlob, globContains, globsOverlap } from '../../iam/glob.ts';
import { parsePolicyDocument } from '../../iam/parse-policy-document.ts';
import type { PolicyText } from '../../model/evidence/policy-text.ts';
import type { Condition, PolicyDocument, PolicyPrincipal, Statement } from '../../model/policy-document.ts';

/**
 * What a resource policy grants to a caller whom nobody vouches for.
 * open: everywhere · network: only from some addresses or networks · undecided: a condition or element that cannot be told ·
 * none: no statement allows · denied: a statement refuses
 */
export type PolicyAccess = 'open' | 'network' | 'undecided' | 'none' | 'denied';

export interface AccessQuestion {
  /** `anonymous`: no AWS identity · `any-account`: a principal of an account that the policy does not know. */
  readonly caller: 'anonymous' | 'any-account';
  readonly action: string;
  /** With `*` for what the caller chooses (path parameters). */
  readonly resource: string;
  /** Further keys of the request, for example `lambda:FunctionUrlAuthType`. */
  readonly keys: Readonly<Record<string, string | null>>;
  /** Writes a resource pattern of the policy out in full, where the service has a short form. */
  readonly expand?: (pattern: string) => string;
}

const networkKeys = new Set(['aws:sourceip', 'aws:vpcsourceip']);
const everyAddress = new Set(['0.0.0.0/0', '::/0']);
/** Stands for an identity that the policy cannot name; no AWS id has a space. */
const stranger = 'a stranger';
const strangerArn = 'arn:aws:iam::000000000000:role/a stranger';

function requestKeys(question: AccessQuestion): Readonly<Record<string, string | null>> {
  const anonymous = question.caller === 'anonymous';
  const identity = anonymous ? null : stranger;
  return {
    'aws:PrincipalAccount': identity,
    'aws:PrincipalArn': anonymous ? null : strangerArn,
    'aws:PrincipalOrgID': identity,
    'aws:PrincipalOrgPaths': identity,
    'aws:userid': identity,
    'aws:PrincipalIsAWSService': 'false',
    'aws:SourceAccount': null,
    'aws:SourceArn': null,
    'aws:SourceOrgID': null,
    'aws:SourceVpc': null,
    'aws:SourceVpce': null,
    'aws:SecureTransport': 'true',
    ...question.keys,
  };
}

function isAnyone(principal: PolicyPrincipal): boolean {
  return principal.value === '*' && (principal.type === '*' || principal.type.toUpperCase() === 'AWS');
}

/** A resource policy must say whom it means; who is meant otherwise, nobody can tell. */
function namesNobody({ principals, notPrincipals }: Statement): boolean {
  return notPrincipals === null && (principals ?? []).length === 0;
}

/** An Allow with NotPrincipal lets in everyone but those named; a Deny with it refuses every stranger. */
function coversStranger(statement: Statement): boolean {
  return (
    statement.notPrincipals !== null || namesNobody(statement) || (statement.principals ?? []).some(isAnyone)
  );
}

function matchesAction(statement: Statement, action: string): boolean {
  const glob = compileGlob(action.toLowerCase());
  const covers = (pattern: string): boolean => globContains(compileGlob(pattern.toLowerCase()), glob);
  return statement.notActions === null
    ? (statement.actions ?? []).some(covers)
    : !statement.notActions.some(covers);
}

/** An Allow counts when it covers a part of what the caller may ask for, a Deny only when it covers all of it. */
function matchesResource(statement: Statement, question: AccessQuestion): boolean {
  const asked = compileGlob(question.resource);
  const expand = question.expand ?? ((pattern: string) => pattern);
  const covers = (pattern: string): boolean => globContains(compileGlob(expand(pattern)), asked);
  const touches = (pattern: string): boolean => globsOverlap(compileGlob(expand(pattern)), asked);
  const denies = statement.effect === 'Deny';
  return statement.notResources === null
    ? (statement.resources ?? ['*']).some(denies ? covers : touches)
    : !statement.notResources.some(denies ? touches : covers);
}

/** A source address condition that every address meets. */
function isVoid(condition: Condition): boolean {
  return (
    condition.key.toLowerCase() === 'aws:sourceip' &&
    condition.operator === 'IpAddress' &&
    condition.values.some((value) => everyAddress.has(value))
  );
}

type StatementAccess = 'met' | 'network' | 'undecided' | 'not-met';

function accessOf(statement: Statement, question: AccessQuestion, variables: boolean): StatementAccess {
  const conditions = statement.conditions.filter((condition) => !isVoid(condition));
  const context = conditionContext(requestKeys(question));
  const outcome = evaluateConditions(conditions, context, variables);
  if (outcome === 'not-met') {
    return 'not-met';
  }
  if (statement.unsupported.length > 0 || statement.effect === 'Unknown' || namesNobody(statement)) {
    return 'undecided';
  }
  if (outcome === 'met') {
    return 'met';
  }
  const unknown = undecidedKeys(conditions, context, variables);
  return unknown.every((key) => networkKeys.has(key)) ? 'network' : 'undecided';
}

function decide(document: PolicyDocument, question: AccessQuestion): PolicyAccess {
  const variables = document.version === '2012-10-17';
  const concerned = document.statements.filter(
    (statement) =>
      coversStranger(statement) &&
      matchesAction(statement, question.action) &&
      matchesResource(statement, question),
  );
  const accessBy = (denies: boolean): ReadonlySet<StatementAccess> =>
    new Set(
      concerned
        .filter((statement) => (statement.effect === 'Deny') === denies)
        .map((statement) => accessOf(statement, question, variables)),
    );
  const denied = accessBy(true);
  const allowed = accessBy(false);
  if (denied.has('met')) {
    return 'denied';
  }
  if (allowed.size === 0 || (allowed.size === 1 && allowed.has('not-met'))) {
    return document.unsupported.length > 0 ? 'undecided' : 'none';
  }
  if (document.unsupported.length > 0 || denied.has('undecided')) {
    return 'undecided';
  }
  if (allowed.has('met')) {
    return denied.has('network') ? 'network' : 'open';
  }
  return allowed.has('network') ? 'network' : 'undecided';
}

/** The widest Allow counts, then what a Deny leaves of it. */
export function policyAccess(policy: PolicyText, question: AccessQuestion): PolicyAccess {
  const parsed = parsePolicyDocument(policy);
  return parsed.ok ? decide(parsed.document, question) : 'undecided';
}
