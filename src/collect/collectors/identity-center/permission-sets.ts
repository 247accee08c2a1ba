import {
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin';
import type { ReadOptions } from '../../../aws/reader.ts';
import type { IdentityCenterInstance, PermissionSet } from '../../../model/evidence/identity-center.ts';
import { gapsOf } from '../../../model/observation.ts';
import { defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

/** One permission set under way. */
interface Target {
  readonly reading: Reading;
  readonly input: { readonly InstanceArn: string; readonly PermissionSetArn: string };
  readonly options: ReadOptions;
}

/** The default of one hour, which the service leaves out. */
const defaultSessionDuration = 'PT1H';
const notFound = ['ResourceNotFoundException'] as const;

async function managedPolicies({
  reading,
  input,
  options,
}: Target): Promise<PermissionSet['managedPolicies']> {
  const { items } = await reading.all(
    ListManagedPoliciesInPermissionSetCommand,
    input,
    (output) => output.AttachedManagedPolicies,
    options,
  );
  const policies = items.flatMap((policy) => {
    const fields = reading.required({ arn: policy.Arn }, input.PermissionSetArn);
    return fields === null ? [] : [{ arn: fields.arn, name: policy.Name ?? fields.arn }];
  });
  return sortedBy(policies, (policy) => policy.arn);
}

async function customerManagedPolicies({
  reading,
  input,
  options,
}: Target): Promise<PermissionSet['customerManagedPolicies']> {
  const { items } = await reading.all(
    ListCustomerManagedPolicyReferencesInPermissionSetCommand,
    input,
    (output) => output.CustomerManagedPolicyReferences,
    options,
  );
  const policies = items.flatMap((policy) => {
    const fields = reading.required({ name: policy.Name }, input.PermissionSetArn);
    return fields === null ? [] : [{ name: fields.name, path: policy.Path ?? '/' }];
  });
  return sortedBy(policies, (policy) => `${policy.path}${policy.name}`);
}

async function inlinePolicy({ reading, input, options }: Target): Promise<PermissionSet['inlinePolicy']> {
  const answer = await reading.one(GetInlinePolicyForPermissionSetCommand, input, {
    ...options,
    absentOn: notFound,
  });
  // The empty text stands for "none".
  const text = answer.kind === 'value' ? (answer.value.InlinePolicy ?? '') : '';
  return text === '' ? null : reading.policy(text, input.PermissionSetArn);
}

async function permissionsBoundary({
  reading,
  input,
  options,
}: Target): Promise<PermissionSet['permissionsBoundary']> {
  const answer = await reading.one(GetPermissionsBoundaryForPermissionSetCommand, input, {
    ...options,
    absentOn: notFound,
  });
  const boundary = answer.kind === 'value' ? answer.value.PermissionsBoundary : undefined;
  if (boundary?.ManagedPolicyArn !== undefined) {
    return { kind: 'aws-managed', arn: boundary.ManagedPolicyArn };
  }
  const reference = boundary?.CustomerManagedPolicyReference;
  return reference?.Name === undefined
    ? { kind: 'none' }
    : { kind: 'customer-managed', name: reference.Name, path: reference.Path ?? '/' };
}

async function provisionedAccounts({ reading, input, options }: Target): Promise<readonly string[]> {
  const { items } = await reading.all(
    ListAccountsForProvisionedPermissionSetCommand,
    input,
    (output) => output.AccountIds,
    { ...options, absentOn: notFound },
  );
  return [...items].sort();
}

async function permissionSet(
  reading: Reading,
  instance: IdentityCenterInstance,
  arn: string,
): Promise<readonly PermissionSet[]> {
  const target: Target = {
    reading,
    input: { InstanceArn: instance.arn, PermissionSetArn: arn },
    options: { region: instance.region, resource: arn },
  };
  const answer = await reading.one(DescribePermissionSetCommand, target.input, target.options);
  if (answer.kind !== 'value') {
    return [];
  }
  const found = answer.value.PermissionSet;
  const fields = reading.required({ name: found?.Name }, arn);
  if (fields === null) {
    return [];
  }
  return [
    {
      arn,
      instanceArn: instance.arn,
      name: fields.name,
      description: found?.Description ?? null,
      createdAt: isoTime(found?.CreatedDate),
      sessionDuration: found?.SessionDuration ?? defaultSessionDuration,
      relayState: found?.RelayState ?? null,
      managedPolicies: await managedPolicies(target),
      customerManagedPolicies: await customerManagedPolicies(target),
      inlinePolicy: await inlinePolicy(target),
      permissionsBoundary: await permissionsBoundary(target),
      provisionedAccounts: await provisionedAccounts(target),
    },
  ];
}

async function permissionSetsOf(
  reading: Reading,
  instance: IdentityCenterInstance,
): Promise<readonly PermissionSet[]> {
  const { items } = await reading.all(
    ListPermissionSetsCommand,
    { InstanceArn: instance.arn, MaxResults: 100 },
    (output) => output.PermissionSets,
    { region: instance.region, resource: instance.arn },
  );
  const sets = await forEachResource(items, (arn) => permissionSet(reading, instance, arn));
  return sets.flat();
}

export default defineCollector({
  key: 'identity-center.permission-sets',
  vantage: 'management-or-delegated',
  dependsOn: ['identity-center.organization-instances'],
  operations: [
    { service: 'sso-admin', command: 'ListPermissionSets', permission: 'sso:ListPermissionSets' },
    { service: 'sso-admin', command: 'DescribePermissionSet', permission: 'sso:DescribePermissionSet' },
    {
      service: 'sso-admin',
      command: 'ListManagedPoliciesInPermissionSet',
      permission: 'sso:ListManagedPoliciesInPermissionSet',
    },
    {
      service: 'sso-admin',
      command: 'ListCustomerManagedPolicyReferencesInPermissionSet',
      permission: 'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
    },
    {
      service: 'sso-admin',
      command: 'GetInlinePolicyForPermissionSet',
      permission: 'sso:GetInlinePolicyForPermissionSet',
    },
    {
      service: 'sso-admin',
      command: 'GetPermissionsBoundaryForPermissionSet',
      permission: 'sso:GetPermissionsBoundaryForPermissionSet',
    },
    {
      service: 'sso-admin',
      command: 'ListAccountsForProvisionedPermissionSet',
      permission: 'sso:ListAccountsForProvisionedPermissionSet',
    },
  ],
  async collect(context) {
    const instances = context.dependency('identity-center.organization-instances');
    if (instances.state === 'missing') {
      return instances;
    }
    const reading = new Reading(context);
    reading.restsOn(instances.asOf, gapsOf(instances));
    const sets = await forEachResource(instances.value, (instance) => permissionSetsOf(reading, instance));
    return reading.finish(sortedBy(sets.flat(), (set) => set.arn));
  },
});
