import { allowsAnonymous, type OutsideCaller } from '../../iam/analyze-resource-policy.ts';
import { compileGlob, globContains, globsOverlap } from '../../iam/glob.ts';
import { parsePolicyDocument } from '../../iam/parse-policy-document.ts';
import type { PolicyText } from '../../model/evidence/policy-text.ts';
import type { PolicyDocument, Statement } from '../../model/policy-document.ts';

/**
 * What a resource policy grants to a caller whom nobody vouches for.
 * open: everywhere · network: only from some addresses · undecided: a condition or element that cannot be told ·
 * none: nothing allows it, or something denies it
 */
export type PolicyAccess = 'open' | 'network' | 'undecided' | 'none';

export interface AccessQuestion {
  readonly caller: OutsideCaller;
  readonly action: string;
  /** With `*` for what the caller chooses (path parameters). */
  readonly resource: string;
  /** Further keys of the request, for example `lambda:FunctionUrlAuthType`. */
  readonly keys: Readonly<Record<string, string | null>>;
  /** Writes a resource pattern of the policy out in full, where the service has a short form. */
  readonly expand?: (pattern: string) => string;
}

const networkKeys: ReadonlySet<string> = new Set(['aws:sourceip', 'aws:vpcsourceip']);

/** An ARN that a pattern over all accounts fits, and one that names an account or role does not. */
const strangerArn = 'arn:aws:iam::000000000000:role/a stranger';

/** An Allow counts when it covers a part of what the caller may ask for, a Deny only when it covers all of it. */
function concerns(statement: Statement, question: AccessQuestion): boolean {
  const asked = compileGlob(question.resource);
  const expand = question.expand ?? ((pattern: string) => pattern);
  const covers = (pattern: string): boolean => globContains(compileGlob(expand(pattern)), asked);
  const touches = (pattern: string): boolean => globsOverlap(compileGlob(expand(pattern)), asked);
  const denies = statement.effect === 'Deny';
  return statement.notResources === null
    ? (statement.resources ?? ['*']).some(denies ? covers : touches)
    : !statement.notResources.some(denies ? touches : covers);
}

function isUnderstood({ unsupported, statements }: PolicyDocument): boolean {
  return unsupported.length === 0 && statements.every((statement) => statement.unsupported.length === 0);
}

export function policyAccess(policy: PolicyText, question: AccessQuestion): PolicyAccess {
  const parsed = parsePolicyDocument(policy);
  if (!parsed.ok) {
    return 'undecided';
  }
  const { caller, action, keys } = question;
  const statements = parsed.document.statements.filter((statement) => concerns(statement, question));
  const document = { ...parsed.document, statements };
  const known = {
    'aws:PrincipalArn': caller === 'anonymous' ? null : strangerArn,
    'aws:SourceVpc': null,
    'aws:SourceVpce': null,
    ...keys,
  };
  const { verdict, conditionKeys } = allowsAnonymous(document, action, known, caller);
  switch (verdict) {
    case 'yes':
      return 'open';
    case 'no':
      return 'none';
    case 'conditional': {
      const byNetwork = conditionKeys.length > 0 && conditionKeys.every((key) => networkKeys.has(key));
      return byNetwork && isUnderstood(document) ? 'network' : 'undecided';
    }
    default:
      return verdict satisfies never;
  }
}
