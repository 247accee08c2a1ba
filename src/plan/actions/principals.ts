import { decisionOf } from '../choose-actions.ts';
import type { ActionPlanner, ActionPlanners } from '../planner.ts';
import { containPrincipal } from './support/contain-principal.ts';
import { mayContain } from './support/findings.ts';
import { principalOf } from './support/principal.ts';
import { undoChanges } from './support/undo-changes.ts';

const contain: ActionPlanner = (request, world) => {
  const principal = principalOf(request, world);
  return principal !== null && mayContain(request.finding) ? containPrincipal(principal, world) : [];
};

/** Rights that the incident added are taken back; what is merely too wide is a ticket. */
const reduce: ActionPlanner = (request, world) => {
  const principal = principalOf(request, world);
  return principal !== null && decisionOf(request.finding) === 'restore' ? undoChanges(principal, world) : [];
};

export const principalActions = {
  'principal.contain': contain,
  'principal.reduce': reduce,
} satisfies ActionPlanners<'principal.contain' | 'principal.reduce'>;
