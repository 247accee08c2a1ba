import type { ActionId } from '../../model/action-id.ts';
import type { ActionPlanners } from '../planner.ts';
import { accessKeyActions } from './access-keys.ts';
import { accountCredentialActions } from './account-credentials.ts';
import { accountActions } from './accounts.ts';
import { analyzerActions } from './analyzers.ts';
import { apiActions } from './apis.ts';
import { credentialActions } from './credentials.ts';
import { delegatedAdministratorActions } from './delegated-administrators.ts';
import { functionActions } from './functions.ts';
import { groupActions } from './groups.ts';
import { handshakeActions } from './handshakes.ts';
import { identityCenterActions } from './identity-center.ts';
import { identityProviderActions } from './identity-providers.ts';
import { layerActions } from './layers.ts';
import { organizationPolicyActions } from './organization-policies.ts';
import { organizationResourcePolicyActions } from './organization-resource-policy.ts';
import { policyActions } from './policies.ts';
import { principalActions } from './principals.ts';
import { roleActions } from './roles.ts';
import { rootManagementActions } from './root-management.ts';
import { sessionActions } from './sessions.ts';
import { trailActions } from './trails.ts';
import { trustedServiceActions } from './trusted-services.ts';
import { userActions } from './users.ts';

/** Every action with the steps behind it; one object per resource, each in a file of its own. */
export const actionPlanners = {
  ...accessKeyActions,
  ...accountActions,
  ...accountCredentialActions,
  ...analyzerActions,
  ...apiActions,
  ...credentialActions,
  ...delegatedAdministratorActions,
  ...functionActions,
  ...groupActions,
  ...handshakeActions,
  ...identityCenterActions,
  ...identityProviderActions,
  ...layerActions,
  ...organizationPolicyActions,
  ...organizationResourcePolicyActions,
  ...policyActions,
  ...principalActions,
  ...roleActions,
  ...rootManagementActions,
  ...sessionActions,
  ...trailActions,
  ...trustedServiceActions,
  ...userActions,
} satisfies ActionPlanners<ActionId>;
