import type { NamedPolicy } from '../model/policy-document.ts';
import type { PolicyReference } from '../model/power.ts';
import type { ConditionContext } from './condition-context.ts';
import { evaluateConditions, undecidedKeys } from './conditions.ts';
import { matchAnything } from './glob.ts';
import { type ResolvedPattern, resolvePattern } from './policy-variables.ts';
import { statementsAbout, usesVariables } from './statement-index.ts';

/** A statement that may decide a request: action and effect fit and no condition rules it out. */
export interface ApplicableStatement {
  readonly reference: PolicyReference;
  /** False: a condition, an element or the whole text is not understood. */
  readonly certain: boolean;
  readonly undecided: readonly string[];
  readonly resources: readonly ResolvedPattern[];
  /** `resources` are exceptions (NotResource). */
  readonly except: boolean;
}

const everything: readonly ResolvedPattern[] = [{ glob: matchAnything, certain: true }];

const opaque = (policy: NamedPolicy): ApplicableStatement => ({
  reference: referenceTo(policy, 0, null),
  certain: false,
  undecided: [],
  resources: everything,
  except: false,
});

const referenceTo = (policy: NamedPolicy, statement: number, sid: string | null): PolicyReference => ({
  policy: policy.name,
  source: policy.source,
  ...(policy.arn === undefined ? {} : { arn: policy.arn }),
  statement,
  sid,
});

const applicableIn = (
  policy: NamedPolicy,
  action: string,
  effect: 'Allow' | 'Deny',
  context: ConditionContext,
): readonly ApplicableStatement[] => {
  const { document } = policy;
  if (document === null) {
    return [opaque(policy)];
  }
  const variables = usesVariables(document);
  return statementsAbout(document, action).flatMap(({ statement, resources }): ApplicableStatement[] => {
    if (statement.effect !== effect && statement.effect !== 'Unknown') {
      return [];
    }
    const outcome = evaluateConditions(statement.conditions, context, variables);
    if (outcome === 'not-met' && statement.unsupported.length + document.unsupported.length === 0) {
      return [];
    }
    const patterns = statement.resources ?? statement.notResources;
    const isMalformed =
      patterns === null || (statement.resources !== null && statement.notResources !== null);
    const resolved =
      resources ??
      (patterns ?? []).flatMap((pattern) => {
        const one = resolvePattern(pattern, context);
        return one === null ? [] : [one];
      });
    const touchesResource = statement.unsupported.some((name) => name.endsWith('Resource'));
    const certain =
      outcome === 'met' &&
      !isMalformed &&
      statement.unsupported.length === 0 &&
      document.unsupported.length === 0;
    return [
      {
        reference: referenceTo(policy, statement.index, statement.sid),
        certain,
        undecided: outcome === 'conditional' ? undecidedKeys(statement.conditions, context, variables) : [],
        resources: isMalformed || touchesResource ? everything : resolved,
        except: !isMalformed && !touchesResource && statement.notResources !== null,
      },
    ];
  });
};

/** All statements with that effect in a list of policies. `action` in lower case. */
export const applicableStatements = (
  policies: readonly NamedPolicy[],
  action: string,
  effect: 'Allow' | 'Deny',
  context: ConditionContext,
): readonly ApplicableStatement[] =>
  policies.flatMap((policy) => applicableIn(policy, action, effect, context));
