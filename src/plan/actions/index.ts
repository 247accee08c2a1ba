import type { ActionId } from '../../model/action-id.ts';
import type { ActionPlanners } from '../planner.ts';
import { accessKeyActions } from './access-keys.ts';
import { accountCredentialActions } from './account-credentials.ts';
import { apiActions } from './apis.ts';
import { credentialActions } from './credentials.ts';
import { functionActions } from './functions.ts';
import { groupActions } from './groups.ts';
import { identityCenterActions } from './identity-center.ts';
import { identityProviderActions } from './identity-providers.ts';
import { policyActions } from './policies.ts';
import { principalActions } from './principals.ts';
import { roleActions } from './roles.ts';
import { sessionActions } from './sessions.ts';
import { userActions } from './users.ts';

/** Every action with the steps behind it; one object per resource, each in a file of its own. */
export const actionPlanners: Partial<ActionPlanners<ActionId>> = {
  ...accessKeyActions,
  ...accountCredentialActions,
  ...apiActions,
  ...credentialActions,
  ...functionActions,
  ...groupActions,
  ...identityCenterActions,
  ...identityProviderActions,
  ...policyActions,
  ...principalActions,
  ...roleActions,
  ...sessionActions,
  ...userActions,
};
