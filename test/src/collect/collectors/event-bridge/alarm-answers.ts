import { organizationUnit } from '../../../../../src/model/scope.ts';
import { output, type Script } from '../../../../support/fake-reader.ts';

export const unit = organizationUnit('aws');

const arn = (kind: string): string => `arn:aws:${kind}`;

export const rule = (Name: string, fields: object = {}) => ({
  Name,
  Arn: arn(`events:us-east-1:111122223333:rule/${Name}`),
  State: 'ENABLED',
  EventPattern: '{"source":["aws.iam"]}',
  ...fields,
});

export const filter = (filterName: string, fields: object = {}) => ({
  filterName,
  logGroupName: 'trail',
  filterPattern: '{ $.eventName = X }',
  metricTransformations: [{ metricNamespace: 'CIS', metricName: filterName, metricValue: '1' }],
  ...fields,
});

export const alarm = (AlarmName: string, fields: object = {}) => ({
  AlarmName,
  AlarmArn: arn(`cloudwatch:us-east-1:111122223333:alarm:${AlarmName}`),
  Namespace: 'CIS',
  MetricName: AlarmName,
  ActionsEnabled: true,
  AlarmActions: [arn('sns:us-east-1:111122223333:alarms')],
  ...fields,
});

/** One of each; the fake reader says the same in every region. */
export const alarmAnswers: Script = {
  ListRules: output({ Rules: [rule('iam')] }),
  ListTargetsByRule: output({ Targets: [{ Id: '1', Arn: arn('sns:us-east-1:111122223333:alarms') }] }),
  DescribeMetricFilters: output({ metricFilters: [filter('root')] }),
  DescribeAlarms: output({ MetricAlarms: [alarm('root')] }),
};
