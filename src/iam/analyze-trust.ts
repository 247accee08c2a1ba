import type { PolicyDocument } from '../model/policy-document.ts';
import type { AccessGrant } from '../model/power.ts';
import { accessGrants, type GrantContext } from './access-grants.ts';
import { matchesAction } from './matching.ts';

/** Tagging a session or setting its source identity lets nobody in; only these do. */
const assumingActions = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
] as const;

const letsIn = ({ actions, notActions }: AccessGrant): boolean =>
  assumingActions.some((action) =>
    notActions.length > 0
      ? !notActions.some((pattern) => matchesAction(pattern, action))
      : actions.length === 0 || actions.some((pattern) => matchesAction(pattern, action)),
  );

/** Who may assume a role, by its trust policy. A principal of the same account that is named needs no other permission. */
export const analyzeTrust = (document: PolicyDocument, context: GrantContext): readonly AccessGrant[] =>
  accessGrants(document, context).filter(letsIn);
