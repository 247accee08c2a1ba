import type { EscalationRule } from './escalation-rule.ts';
import { furtherRules } from './further-rules.ts';
import { pathfindingRules } from './pathfinding-rules.ts';

/** Every known combination, the public list first. */
export const escalationRules: readonly EscalationRule[] = [...pathfindingRules, ...furtherRules];
