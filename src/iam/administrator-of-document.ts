import type { PolicyText } from '../model/evidence/policy-text.ts';
import type { PolicyDocument } from '../model/policy-document.ts';
import { parsePolicyDocument } from './parse-policy-document.ts';
import { powerOf } from './power-of.ts';

/** Cheap first question: most documents name a few actions of one service and need no evaluation. */
const mayAdminister = ({ statements, unsupported }: PolicyDocument): boolean =>
  unsupported.length > 0 ||
  statements.some(
    ({ effect, actions, notActions, unsupported: strange }) =>
      effect !== 'Deny' &&
      (notActions !== null ||
        strange.length > 0 ||
        (actions ?? []).some((action) => /^[^:]*[*?]|^iam:/i.test(action))),
  );

/**
 * Whether a policy, attached alone to a role of the account, makes an administrator. `unreadable`: the text is no policy
 * document, so nothing can be said.
 */
export const administratorOfDocument = (
  text: PolicyText,
  account: { readonly accountId: string; readonly partition: string },
): 'yes' | 'conditional' | 'no' | 'unreadable' => {
  const parsed = parsePolicyDocument(text);
  if (!parsed.ok) {
    return 'unreadable';
  }
  if (!mayAdminister(parsed.document)) {
    return 'no';
  }
  const policies = {
    identity: [{ name: 'document', source: 'managed', document: parsed.document }],
    boundary: null,
    serviceControl: null,
  } as const;
  const principalArn = `arn:${account.partition}:iam::${account.accountId}:role/holder`;
  return powerOf(policies, { ...account, principalArn }).administrator;
};
