import type { ActionId } from '../../model/action-id.ts';
import type { ActionPlanners } from '../planner.ts';

/** Every action with the steps behind it; one object per resource, each in a file of its own. */
export const actionPlanners: Partial<ActionPlanners<ActionId>> = {};
