import { describe, expect, test } from '@jest/globals';
import type { Plan, PlanStep } from '../../../src/model/plan.ts';
import { plannedActions, plannedWork } from '../../../src/report/view-model/planned-actions.ts';
import { reportContext } from '../../../src/report/view-model/report-context.ts';
import { buildSamplePlan, buildStep } from '../../support/plan-builder.ts';
import { buildFinding, buildResult } from '../../support/result-builder.ts';

const limits = { names: 2, rows: 5, findingsPerCard: 5, cardsPerChapter: 5, characters: 100 };

function contextOf(steps: readonly PlanStep[], unplanned: Plan['unplanned'] = []) {
  const result = buildResult({ plan: buildSamplePlan(steps, { unplanned }) });
  return reportContext(result, limits);
}

const target = (name: string) => ({
  arn: `arn:aws:iam::111122223333:user/${name}`,
  uniqueId: null,
  type: 'iam-user',
  name,
});

const steps = [
  buildStep(1, { id: 'preserve-1', stage: 'preserve', action: 'user.delete', title: 'Save a' }),
  buildStep(2, {
    id: 'contain-1',
    stage: 'contain',
    action: 'principal.contain',
    title: 'Deny a',
    target: target('a'),
  }),
  buildStep(3, {
    id: 'contain-2',
    stage: 'contain',
    action: 'user.delete',
    title: 'Stop a',
    target: target('a'),
  }),
  buildStep(4, {
    id: 'delete-1',
    stage: 'delete',
    action: 'user.delete',
    title: 'Delete a',
    target: target('a'),
  }),
  buildStep(5, {
    id: 'release-1',
    stage: 'release',
    action: 'principal.contain',
    title: 'Free b',
    target: target('b'),
  }),
];
const finding = buildFinding({ check: 'x/y', planSteps: steps.map(({ id }) => id) });

describe('actions of a card', () => {
  test('are the steps of the plan, without saving', () => {
    expect(plannedActions(contextOf(steps), [finding]).map(({ title }) => title)).toEqual([
      'Deny a',
      'Stop a',
      'Delete a',
      'Free b',
    ]);
  });

  test('without a step say why', () => {
    const lone = buildFinding({ check: 'x/y', fingerprint: 'f', planSteps: [] });
    const context = contextOf([], [{ fingerprint: 'f', why: 'its owner is asked' }]);
    expect(plannedActions(context, [lone])).toEqual([
      { id: 'unplanned', title: 'No step of the plan: its owner is asked' },
    ]);
  });

  test('an accepted finding asks for nothing', () => {
    const exception = { reason: 'known', approvedBy: 'owner', expires: '2027-01-01T00:00:00Z' };
    expect(plannedActions(contextOf(steps), [{ ...finding, exception }])).toEqual([]);
  });
});

test('work is gathered by what is done, stage by stage', () => {
  const work = plannedWork(contextOf(steps), [finding]);
  expect(work.map(({ title, subjects }) => [title, subjects.shown])).toEqual([
    ['Contain the principal with a deny policy', ['a']],
    ['Delete the user: contain', ['a']],
    ['Delete the user: delete', ['a']],
    ['Take our own denies away', ['b']],
  ]);
});
