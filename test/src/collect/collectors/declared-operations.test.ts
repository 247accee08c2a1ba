import { describe, expect, test } from '@jest/globals';
import analyzers from '../../../../src/collect/collectors/access-analyzer/analyzers.ts';
import apiKeys from '../../../../src/collect/collectors/api-gateway/api-keys.ts';
import domainNames from '../../../../src/collect/collectors/api-gateway/domain-names.ts';
import httpApis from '../../../../src/collect/collectors/api-gateway/http-apis.ts';
import restApis from '../../../../src/collect/collectors/api-gateway/rest-apis.ts';
import alarms from '../../../../src/collect/collectors/cloud-watch/alarms.ts';
import metricFilters from '../../../../src/collect/collectors/cloud-watch/metric-filters.ts';
import trails from '../../../../src/collect/collectors/cloudtrail/trails.ts';
import rules from '../../../../src/collect/collectors/event-bridge/rules.ts';
import accessControlAttributes from '../../../../src/collect/collectors/identity-center/access-control-attributes.ts';
import applications from '../../../../src/collect/collectors/identity-center/applications.ts';
import assignments from '../../../../src/collect/collectors/identity-center/assignments.ts';
import instances from '../../../../src/collect/collectors/identity-center/instances.ts';
import organizationInstances from '../../../../src/collect/collectors/identity-center/organization-instances.ts';
import permissionSets from '../../../../src/collect/collectors/identity-center/permission-sets.ts';
import trustedTokenIssuers from '../../../../src/collect/collectors/identity-center/trusted-token-issuers.ts';
import groups from '../../../../src/collect/collectors/identity-store/groups.ts';
import memberships from '../../../../src/collect/collectors/identity-store/memberships.ts';
import users from '../../../../src/collect/collectors/identity-store/users.ts';
import aliases from '../../../../src/collect/collectors/lambda/aliases.ts';
import eventSourceMappings from '../../../../src/collect/collectors/lambda/event-source-mappings.ts';
import functionPolicies from '../../../../src/collect/collectors/lambda/function-policies.ts';
import functionUrls from '../../../../src/collect/collectors/lambda/function-urls.ts';
import functions from '../../../../src/collect/collectors/lambda/functions.ts';
import layers from '../../../../src/collect/collectors/lambda/layers.ts';
import type { AnyCollector } from '../../../../src/collect/define-collector.ts';
import { gapsOf, type Observation } from '../../../../src/model/observation.ts';
import { accountUnit, regionUnit, type ScopeUnit } from '../../../../src/model/scope.ts';
import { type Dependencies, fakeCollectContext } from '../../../support/fake-collect-context.ts';
import { denied, fakeReader, type Script } from '../../../support/fake-reader.ts';
import { accessAnalyzerAnswers } from './access-analyzer/access-analyzer-answers.ts';
import { domainAnswers, httpAnswers, keyAnswers, restAnswers } from './api-gateway/api-gateway-answers.ts';
import { cloudTrailAnswers } from './cloudtrail/cloudtrail-answers.ts';
import { alarmAnswers } from './event-bridge/alarm-answers.ts';
import * as identityCenter from './identity-center/identity-center-answers.ts';
import * as lambda from './lambda/lambda-answers.ts';

interface Scenario {
  readonly collector: AnyCollector;
  readonly script: Script;
  readonly unit: ScopeUnit;
}

const region = regionUnit('aws', '111122223333', 'eu-west-1');
const account = accountUnit('aws', '111122223333');
const dependencies: Dependencies = { ...lambda.dependencies, ...identityCenter.dependencies };

const scenario = (collector: AnyCollector, script: Script, unit: ScopeUnit) => ({ collector, script, unit });

const scenarios: readonly Scenario[] = [
  ...[functions, functionUrls, functionPolicies, aliases, eventSourceMappings, layers].map((collector) =>
    scenario(collector, lambda.lambdaAnswers, region),
  ),
  scenario(restApis, restAnswers, region),
  scenario(httpApis, httpAnswers, region),
  scenario(domainNames, domainAnswers, region),
  scenario(apiKeys, keyAnswers, region),
  scenario(trails, cloudTrailAnswers, account),
  scenario(analyzers, accessAnalyzerAnswers, region),
  ...[rules, metricFilters, alarms].map((collector) =>
    scenario(collector, alarmAnswers, identityCenter.unit),
  ),
  scenario(instances, identityCenter.identityCenterAnswers, region),
  ...[
    organizationInstances,
    permissionSets,
    assignments,
    applications,
    trustedTokenIssuers,
    accessControlAttributes,
    users,
    groups,
    memberships,
  ].map((collector) => scenario(collector, identityCenter.identityCenterAnswers, identityCenter.unit)),
];

const run = async (
  { collector, script, unit }: Scenario,
  changes: Script = {},
): Promise<{ readonly observation: Observation<unknown>; readonly commands: readonly string[] }> => {
  const reader = fakeReader({ ...script, ...changes }, unit);
  const observation = await collector.collect(fakeCollectContext(reader, dependencies, unit));
  return { observation, commands: reader.commands };
};

const commandsOf = (collector: AnyCollector): readonly string[] =>
  collector.operations.map((operation) => operation.command).sort();

describe.each(scenarios.map((item) => [item.collector.key, item] as const))('%s', (_key, item) => {
  const { collector } = item;

  test('makes exactly the calls that it declares', async () => {
    const { observation, commands } = await run(item);
    expect([...new Set(commands)].sort()).toEqual(commandsOf(collector));
    expect(observation.state).toBe('complete');
  });

  test('is missing when every call is refused', async () => {
    const refusals = Object.fromEntries(commandsOf(collector).map((command) => [command, denied()]));
    const { observation } = await run(item, refusals);
    expect(observation.state).toBe('missing');
    expect(gapsOf(observation)[0]).toMatchObject({ reason: 'access-denied' });
  });

  test.each(commandsOf(collector))(
    'is not complete when %s alone is refused, and says so',
    async (command) => {
      const { observation } = await run(item, { [command]: denied() });
      expect(observation.state).not.toBe('complete');
      const gap = gapsOf(observation).find((found) => found.operation === `fake:${command}`);
      expect(gap).toMatchObject({ reason: 'access-denied' });
    },
  );

  test('gives the same bytes for the same answers', async () => {
    const first = await run(item);
    const second = await run(item);
    expect(JSON.stringify(second.observation)).toBe(JSON.stringify(first.observation));
  });

  test('does not throw on entries without any field', async () => {
    const empty = { [commandsOf(collector)[0] ?? '']: { kind: 'output', output: {} } } as const;
    const { observation } = await run(item, empty);
    expect(['complete', 'partial', 'missing']).toContain(observation.state);
  });
});
