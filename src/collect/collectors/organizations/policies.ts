import {
  DescribePolicyCommand,
  ListPoliciesCommand,
  ListTargetsForPolicyCommand,
  type PolicySummary,
} from '@aws-sdk/client-organizations';
import type { OrganizationPolicy } from '../../../model/evidence/organizations.ts';
import { gapsOf } from '../../../model/observation.ts';
import { type CollectContext, defineCollector } from '../../define-collector.ts';
import { unreadPolicy } from '../support/decode-policy.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

type PolicyType = NonNullable<PolicySummary['Type']>;

/** Read although switched off: what is left of them shows that somebody switched them off. */
const alwaysRead: readonly PolicyType[] = ['RESOURCE_CONTROL_POLICY', 'SERVICE_CONTROL_POLICY'];

/** The service adds types faster than its SDK: whatever the root names may be asked for. */
const isPolicyType = (type: string): type is PolicyType => /^[A-Z0-9_]+$/u.test(type);

const typesToRead = (context: CollectContext, reading: Reading): readonly PolicyType[] => {
  const roots = context.dependency('organizations.roots');
  reading.restsOn(roots.state === 'missing' ? null : roots.asOf, gapsOf(roots));
  const enabled = (roots.state === 'missing' ? [] : roots.value)
    .flatMap((root) => root.policyTypes)
    .filter((policyType) => policyType.status !== 'DISABLED')
    .map((policyType) => policyType.type)
    .filter(isPolicyType);
  return sortedBy(new Set([...alwaysRead, ...enabled]), (type) => type);
};

const documentOf = async (reading: Reading, id: string, arn: string): Promise<string | null> => {
  const answer = await reading.one(
    DescribePolicyCommand,
    { PolicyId: id },
    { absentOn: ['PolicyNotFoundException'], resource: arn },
  );
  switch (answer.kind) {
    case 'value':
      return reading.policy(answer.value.Policy?.Content, arn);
    case 'absent':
      return null;
    case 'gap':
      return unreadPolicy;
    default:
      return answer satisfies never;
  }
};

const targetsOf = async (
  reading: Reading,
  id: string,
  arn: string,
): Promise<OrganizationPolicy['targets']> => {
  const { items } = await reading.all(
    ListTargetsForPolicyCommand,
    { PolicyId: id },
    (output) => output.Targets,
    { absentOn: ['PolicyNotFoundException'], resource: arn },
  );
  const targets = items.flatMap((target) => {
    const fields = reading.required(
      { id: target.TargetId, arn: target.Arn, name: target.Name, type: target.Type },
      target.Arn ?? arn,
    );
    return fields === null ? [] : [fields];
  });
  return sortedBy(targets, (target) => target.id);
};

const policyOf = async (
  reading: Reading,
  type: PolicyType,
  summary: PolicySummary,
): Promise<readonly OrganizationPolicy[]> => {
  const fields = reading.required(
    { id: summary.Id, arn: summary.Arn, name: summary.Name },
    summary.Arn ?? 'policy',
  );
  if (fields === null) {
    return [];
  }
  const document = await documentOf(reading, fields.id, fields.arn);
  if (document === null) {
    return [];
  }
  return [
    {
      ...fields,
      type,
      awsManaged: summary.AwsManaged ?? false,
      document,
      targets: await targetsOf(reading, fields.id, fields.arn),
    },
  ];
};

export default defineCollector({
  key: 'organizations.policies',
  vantage: 'management-or-delegated',
  operations: [
    { service: 'organizations', command: 'ListPolicies', permission: 'organizations:ListPolicies' },
    { service: 'organizations', command: 'DescribePolicy', permission: 'organizations:DescribePolicy' },
    {
      service: 'organizations',
      command: 'ListTargetsForPolicy',
      permission: 'organizations:ListTargetsForPolicy',
    },
  ],
  dependsOn: ['organizations.roots'],
  async collect(context) {
    const reading = new Reading(context);
    const policies = await forEachResource(typesToRead(context, reading), async (type) => {
      const { items } = await reading.all(
        ListPoliciesCommand,
        { Filter: type },
        (output) => output.Policies,
        { absentOn: ['PolicyTypeNotEnabledException', 'AWSOrganizationsNotInUseException'], resource: type },
      );
      return forEachResource(items, (summary) => policyOf(reading, type, summary));
    });
    return reading.finish(sortedBy(policies.flat(2), (policy) => policy.arn));
  },
});
