import type { ActionId } from '../../model/action-id.ts';
import type { ActionPlanners } from '../planner.ts';
import { applicationActions } from './identity-center-applications.ts';
import { directoryActions } from './identity-center-directory.ts';
import { permissionSetActions } from './identity-center-permission-sets.ts';
import { centerSettingActions } from './identity-center-settings.ts';

/** Everything that is done in IAM Identity Center. */
export const identityCenterActions = {
  ...applicationActions,
  ...directoryActions,
  ...permissionSetActions,
  ...centerSettingActions,
} satisfies ActionPlanners<Extract<ActionId, `identity-center.${string}`>>;
