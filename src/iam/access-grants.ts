import type { Condition, PolicyDocument, PolicyPrincipal, Statement } from '../model/policy-document.ts';
import type { AccessGrant } from '../model/power.ts';
import { type ClassifiedPrincipal, classifyPrincipal } from './classify-principal.ts';
import { compileGlob, globContains } from './glob.ts';
import {
  type GrantGuards,
  guardsOf,
  invertedCondition,
  organizationsNamed,
  pinnedAccounts,
} from './grant-guards.ts';

/** Whose policy it is and who counts as one of us. */
export interface GrantContext {
  readonly accountId: string;
  /** Null: not known, so every other account is `unknown-organization`. */
  readonly organizationAccountIds: ReadonlySet<string> | null;
  /** Null: none; left out: not known. */
  readonly organizationId?: string | null;
}

const everyone: PolicyPrincipal = { type: '*', value: '*' };

/** Nobody can tell whom the statement means. */
const hasNoPrincipal = ({ principals, notPrincipals }: Statement): boolean =>
  notPrincipals === null && (principals ?? []).length === 0;

/** Allow with NotPrincipal lets in everyone but a few. */
const principalsOf = (statement: Statement): readonly PolicyPrincipal[] =>
  statement.notPrincipals !== null || hasNoPrincipal(statement) ? [everyone] : (statement.principals ?? []);

const coversPrincipal = (denied: PolicyPrincipal, principal: PolicyPrincipal): boolean => {
  if (denied.type === '*' || (denied.type === principal.type && denied.value === principal.value)) {
    return true;
  }
  if (denied.type !== 'AWS' || principal.type !== 'AWS') {
    return false;
  }
  const outer = classifyPrincipal(denied);
  return (
    outer.kind === 'anyone' ||
    (outer.kind === 'account' && outer.accountId === classifyPrincipal(principal).accountId)
  );
};

const coversAll = (outer: readonly string[] | null, inner: readonly string[] | null): boolean =>
  (inner ?? ['*']).every((one) =>
    (outer ?? []).some((other) => globContains(compileGlob(other), compileGlob(one))),
  );

const lower = (values: readonly string[] | null): readonly string[] | null =>
  values?.map((value) => value.toLowerCase()) ?? null;

const isPlain = (statement: Statement): boolean =>
  statement.unsupported.length === 0 &&
  statement.notActions === null &&
  statement.notResources === null &&
  statement.notPrincipals === null;

type DenyEffect =
  | { readonly kind: 'none' }
  | { readonly kind: 'removes' }
  | { readonly kind: 'guards'; readonly condition: Condition }
  | { readonly kind: 'unclear'; readonly keys: readonly string[] };

/** What a Deny statement does to one principal of an Allow statement. */
const denyEffect = (deny: Statement, allowed: Statement, principal: PolicyPrincipal): DenyEffect => {
  if (!isPlain(deny) || deny.effect === 'Unknown') {
    return { kind: 'unclear', keys: ['policy-statement'] };
  }
  const isCovered =
    (deny.principals ?? [everyone]).some((denied) => coversPrincipal(denied, principal)) &&
    coversAll(lower(deny.actions), lower(allowed.actions)) &&
    (deny.resources === null || coversAll(deny.resources, allowed.resources));
  if (!isCovered) {
    return { kind: 'none' };
  }
  const [only, ...more] = deny.conditions;
  if (only === undefined) {
    return { kind: 'removes' };
  }
  const inverted = more.length === 0 ? invertedCondition(only) : null;
  return inverted === null
    ? { kind: 'unclear', keys: deny.conditions.map(({ key }) => key.toLowerCase()) }
    : { kind: 'guards', condition: inverted };
};

const accountRelation = (accountId: string, context: GrantContext): AccessGrant['relation'] => {
  if (accountId === context.accountId) {
    return 'same-account';
  }
  if (context.organizationAccountIds === null) {
    return 'unknown-organization';
  }
  return context.organizationAccountIds.has(accountId) ? 'organization' : 'outside';
};

const distance = ['same-account', 'organization', 'unknown-organization', 'outside'] as const;

/** The farthest of the accounts and organizations that the conditions name. */
const pinnedRelation = (
  accounts: readonly string[],
  conditions: readonly Condition[],
  context: GrantContext,
): AccessGrant['relation'] => {
  const organizations = organizationsNamed(conditions).map((id): AccessGrant['relation'] =>
    context.organizationId === undefined
      ? 'unknown-organization'
      : id === context.organizationId
        ? 'organization'
        : 'outside',
  );
  // Several conditions all have to hold: accounts are the narrower statement where both are named.
  const relations =
    accounts.length > 0 ? accounts.map((account) => accountRelation(account, context)) : organizations;
  return [...distance].reverse().find((relation) => relations.includes(relation)) ?? 'anyone';
};

const relationOf = (
  principal: ClassifiedPrincipal,
  value: string,
  pinned: readonly string[],
  conditions: readonly Condition[],
  context: GrantContext,
): AccessGrant['relation'] => {
  if (principal.kind === 'anyone') {
    return pinnedRelation(pinned, conditions, context);
  }
  if (principal.kind === 'service' || value.includes(':iam::cloudfront:')) {
    return 'aws';
  }
  if (principal.kind === 'orphaned' && principal.accountId === null) {
    return context.organizationAccountIds === null ? 'unknown-organization' : 'outside';
  }
  return principal.accountId === null ? 'outside' : accountRelation(principal.accountId, context);
};

const hasStrongGuard = (kind: AccessGrant['principalKind'], guards: GrantGuards): boolean => {
  const bySource = guards.sourceAccount || guards.sourceArn || guards.organization;
  switch (kind) {
    case 'anyone':
    case 'service':
      return bySource;
    case 'oidc':
      return guards.subject === 'tight' || guards.organization;
    case 'saml':
      return guards.audience || guards.subject === 'tight';
    case 'account':
    case 'iam-principal':
    case 'federated-other':
    case 'canonical':
    case 'orphaned':
      return bySource || guards.externalId || guards.mfa || guards.sourceNetwork;
    default:
      return kind satisfies never;
  }
};

/** An audience narrows only where the provider serves the whole world; at an own provider everybody sends it. */
const hasWeakGuard = (principal: ClassifiedPrincipal, guards: GrantGuards): boolean =>
  guards.externalId ||
  guards.mfa ||
  guards.sourceNetwork ||
  guards.subject !== 'none' ||
  guards.other.length > 0 ||
  (guards.audience && principal.kind === 'oidc' && principal.accountId === null);

const verdictOf = (principal: ClassifiedPrincipal, guards: GrantGuards): AccessGrant['verdict'] => {
  if (hasStrongGuard(principal.kind, guards)) {
    return 'guarded';
  }
  return hasWeakGuard(principal, guards) ? 'conditional' : 'open';
};

const grantFor = (
  statement: Statement,
  principal: PolicyPrincipal,
  document: PolicyDocument,
  context: GrantContext,
): AccessGrant | null => {
  const effects = document.statements
    .filter(({ effect }) => effect !== 'Allow')
    .filter((deny) => deny !== statement)
    .map((deny) => denyEffect(deny, statement, principal));
  if (effects.some(({ kind }) => kind === 'removes')) {
    return null;
  }
  const conditions = [
    ...statement.conditions,
    ...effects.flatMap((effect) => (effect.kind === 'guards' ? [effect.condition] : [])),
  ];
  const unclear = effects.flatMap((effect) => (effect.kind === 'unclear' ? effect.keys : []));
  const strange = [
    ...statement.unsupported,
    ...document.unsupported,
    ...(hasNoPrincipal(statement) ? ['Principal'] : []),
  ].map((name) => `element ${name}`);
  const guards = guardsOf(conditions);
  const classified = classifyPrincipal(principal);
  const pinned = pinnedAccounts(conditions);
  const complete = { ...guards, other: [...new Set([...guards.other, ...unclear, ...strange])].sort() };
  return {
    principalKind: classified.kind,
    principal: statement.notPrincipals === null ? principal.value : 'NotPrincipal',
    accountId: classified.accountId,
    relation: relationOf(classified, principal.value, pinned, conditions, context),
    actions: statement.actions ?? [],
    notActions: statement.notActions ?? [],
    resources: statement.resources ?? [],
    guards: complete,
    pinnedAccounts: pinned,
    verdict: strange.length > 0 ? 'conditional' : verdictOf(classified, complete),
    statement: statement.index,
    sid: statement.sid,
  };
};

/** Every principal that some statement lets in, in the document's order. A Deny that certainly covers it takes it out. */
export const accessGrants = (document: PolicyDocument, context: GrantContext): readonly AccessGrant[] =>
  document.statements
    .filter(({ effect }) => effect !== 'Deny')
    .flatMap((statement) =>
      principalsOf(statement).flatMap((principal) => {
        const grant = grantFor(statement, principal, document, context);
        return grant === null ? [] : [grant];
      }),
    );
