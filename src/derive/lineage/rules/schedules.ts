import type { RuleTable } from './lineage-rule.ts';
import { act, rule, type Shape, sameRule } from './shape.ts';

const eventRule = {
  type: 'event-rule',
  scope: 'regional',
  id: ['response.ruleArn', 'request.name', 'request.rule'],
  arnTemplate: 'arn:{partition}:events:{region}:{account}:rule/{id}',
} as const satisfies Shape;

const eventBus = {
  type: 'event-bus',
  scope: 'regional',
  id: ['response.eventBusArn', 'request.name', 'request.eventBusName'],
  arnTemplate: 'arn:{partition}:events:{region}:{account}:event-bus/{id}',
} as const satisfies Shape;

const schedule = {
  type: 'schedule',
  scope: 'regional',
  id: ['response.scheduleArn', 'request.name'],
  arnTemplate: 'arn:{partition}:scheduler:{region}:{account}:schedule/default/{id}',
} as const satisfies Shape;

const scheduleGroup = {
  type: 'schedule-group',
  scope: 'regional',
  id: ['response.scheduleGroupArn', 'request.name'],
  arnTemplate: 'arn:{partition}:scheduler:{region}:{account}:schedule-group/{id}',
} as const satisfies Shape;

const stateMachine = {
  type: 'state-machine',
  scope: 'regional',
  id: ['response.stateMachineArn', 'request.stateMachineArn', 'request.name'],
  arnTemplate: 'arn:{partition}:states:{region}:{account}:stateMachine:{id}',
  runsAs: ['request.roleArn'],
} as const satisfies Shape;

const stack = {
  type: 'stack',
  scope: 'regional',
  id: ['request.stackName', 'response.stackId'],
  arn: ['response.stackId'],
} as const satisfies Shape;

const stackSet = {
  type: 'stack-set',
  scope: 'regional',
  id: ['request.stackSetName', 'response.stackSetId'],
} as const satisfies Shape;

/** PutRule creates or replaces; which of the two does not show, and a rule that then exists is the caller's. */
export const eventBridgeRules: RuleTable = {
  PutRule: rule(act('created', eventRule)),
  ...sameRule(['PutTargets', 'RemoveTargets', 'EnableRule', 'DisableRule'], rule(act('changed', eventRule))),
  DeleteRule: rule(act('deleted', eventRule)),
  CreateEventBus: rule(act('created', eventBus)),
  ...sameRule(['PutPermission', 'RemovePermission'], rule(act('changed', eventBus))),
  DeleteEventBus: rule(act('deleted', eventBus)),
};

export const schedulerRules: RuleTable = {
  CreateSchedule: rule(act('created', schedule)),
  UpdateSchedule: rule(act('changed', schedule)),
  DeleteSchedule: rule(act('deleted', schedule)),
  CreateScheduleGroup: rule(act('created', scheduleGroup)),
  DeleteScheduleGroup: rule(act('deleted', scheduleGroup)),
};

export const stepFunctionsRules: RuleTable = {
  CreateStateMachine: rule(act('created', stateMachine)),
  UpdateStateMachine: rule(act('changed', stateMachine)),
  DeleteStateMachine: rule(act('deleted', stateMachine)),
};

export const cloudFormationRules: RuleTable = {
  CreateStack: rule(act('created', stack)),
  ...sameRule(['UpdateStack', 'ExecuteChangeSet', 'CreateChangeSet'], rule(act('changed', stack))),
  DeleteStack: rule(act('deleted', stack)),
  CreateStackSet: rule(act('created', stackSet)),
  ...sameRule(
    ['UpdateStackSet', 'CreateStackInstances', 'UpdateStackInstances', 'DeleteStackInstances'],
    rule(act('changed', stackSet)),
  ),
  DeleteStackSet: rule(act('deleted', stackSet)),
};
