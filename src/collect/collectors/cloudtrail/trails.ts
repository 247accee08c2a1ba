import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListTrailsCommand,
  type Trail as TrailAnswer,
  type TrailInfo,
} from '@aws-sdk/client-cloudtrail';
import type { Trail } from '../../../model/evidence/detection.ts';
import { type CollectContext, defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';
import { trailSelectors } from './trail-selectors.ts';

/** `arn:{partition}:cloudtrail:{region}:{account}:trail/{name}` */
const ownerAccountId = (arn: string): string => arn.split(':')[4] ?? '';

async function describe(
  reading: Reading,
  region: string,
  trailArns: readonly string[],
): Promise<readonly TrailAnswer[]> {
  const answer = await reading.one(
    DescribeTrailsCommand,
    trailArns.length === 0
      ? { includeShadowTrails: true }
      : { includeShadowTrails: false, trailNameList: [...trailArns] },
    { region },
  );
  return answer.kind === 'value' ? (answer.value.trailList ?? []) : [];
}

/** A trail of one region is only described there: the list of all regions tells which ones are still to be asked. */
async function describeElsewhere(
  reading: Reading,
  listed: readonly TrailInfo[],
  described: readonly TrailAnswer[],
): Promise<readonly TrailAnswer[]> {
  const known = new Set(described.map((trail) => trail.TrailARN));
  const regions = new Map<string, readonly string[]>();
  for (const trail of listed) {
    const fields = reading.required(
      { arn: trail.TrailARN, region: trail.HomeRegion },
      trail.TrailARN ?? 'cloudtrail:ListTrails',
    );
    if (fields !== null && !known.has(fields.arn)) {
      regions.set(fields.region, [...(regions.get(fields.region) ?? []), fields.arn]);
    }
  }
  const found = await forEachResource(regions, ([region, arns]) => describe(reading, region, arns));
  return found.flat();
}

/**
 * Everything about one trail. A trail whose status or selectors cannot be read (an organization's trail may belong to
 * another account) is left out, and the gap of the failed call names it: half a trail could be taken for a stopped one.
 */
async function readTrail(reading: Reading, found: TrailAnswer): Promise<readonly Trail[]> {
  const fields = reading.required(
    { arn: found.TrailARN, name: found.Name, homeRegion: found.HomeRegion },
    found.TrailARN ?? 'cloudtrail:DescribeTrails',
  );
  if (fields === null) {
    return [];
  }
  const { arn, name, homeRegion } = fields;
  const options = { region: homeRegion, resource: arn };
  // Only the full ARN finds a trail of another account.
  const status = await reading.one(GetTrailStatusCommand, { Name: arn }, options);
  const selectors = await reading.one(GetEventSelectorsCommand, { TrailName: arn }, options);
  if (status.kind !== 'value' || selectors.kind !== 'value') {
    return [];
  }
  const state = reading.required({ logging: status.value.IsLogging }, arn);
  return state === null
    ? []
    : [
        {
          arn,
          name,
          homeRegion,
          ownerAccountId: ownerAccountId(arn),
          multiRegion: found.IsMultiRegionTrail ?? false,
          organizationTrail: found.IsOrganizationTrail ?? false,
          globalServiceEvents: found.IncludeGlobalServiceEvents ?? false,
          logFileValidation: found.LogFileValidationEnabled ?? false,
          bucketName: found.S3BucketName ?? null,
          kmsKeyId: found.KmsKeyId ?? null,
          logging: state.logging,
          startedAt: isoTime(status.value.StartLoggingTime),
          stoppedAt: isoTime(status.value.StopLoggingTime),
          latestDeliveryAt: isoTime(status.value.LatestDeliveryTime),
          // An empty text stands for a delivery that went well.
          latestDeliveryError: status.value.LatestDeliveryError || null,
          selectors: trailSelectors(selectors.value),
        },
      ];
}

async function readTrails(context: CollectContext, reading: Reading): Promise<readonly Trail[]> {
  const { items: listed } = await reading.all(ListTrailsCommand, {}, (output) => output.Trails);
  const visible = await describe(reading, context.region, []);
  const elsewhere = await describeElsewhere(reading, listed, visible);
  const described = new Map([...visible, ...elsewhere].map((trail) => [trail.TrailARN, trail]));
  for (const { TrailARN: arn } of listed) {
    if (arn !== undefined && !described.has(arn)) {
      reading.gap('error', 'the trail is listed but could not be described', arn);
    }
  }
  const trails = await forEachResource(described.values(), (trail) => readTrail(reading, trail));
  return sortedBy(trails.flat(), (trail) => trail.arn);
}

export default defineCollector({
  key: 'cloudtrail.trails',
  vantage: 'account',
  operations: [
    { service: 'cloudtrail', command: 'ListTrails', permission: 'cloudtrail:ListTrails' },
    { service: 'cloudtrail', command: 'DescribeTrails', permission: 'cloudtrail:DescribeTrails' },
    { service: 'cloudtrail', command: 'GetTrailStatus', permission: 'cloudtrail:GetTrailStatus' },
    { service: 'cloudtrail', command: 'GetEventSelectors', permission: 'cloudtrail:GetEventSelectors' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const trails = await readTrails(context, reading);
    return reading.finish(trails);
  },
});
