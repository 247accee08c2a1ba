import type { Analyzer, Trail, TrailSelectors } from '../../model/evidence/detection.ts';
import { exampleAccountId, exampleCreatedAt } from './account.ts';

const fullSelectors: TrailSelectors = {
  basic: [{ readWriteType: 'All', includeManagementEvents: true, excludedSources: [] }],
  advanced: [],
};

/** A healthy organization trail: logging, multi-region, validated, delivered a few minutes before the tests' `asOf`. */
export function buildTrail(fields: Partial<Trail> = {}): Trail {
  const name = fields.name ?? 'organization-trail';
  const homeRegion = fields.homeRegion ?? 'us-east-1';
  const ownerAccountId = fields.ownerAccountId ?? exampleAccountId;
  return {
    arn: `arn:aws:cloudtrail:${homeRegion}:${ownerAccountId}:trail/${name}`,
    name,
    homeRegion,
    ownerAccountId,
    multiRegion: true,
    organizationTrail: true,
    globalServiceEvents: true,
    logFileValidation: true,
    bucketName: 'example-organization-logs',
    kmsKeyId: null,
    logging: true,
    startedAt: exampleCreatedAt,
    stoppedAt: null,
    latestDeliveryAt: '2026-11-03T23:50:00.000Z',
    latestDeliveryError: null,
    selectors: fullSelectors,
    ...fields,
  };
}

export function buildAnalyzer(fields: Partial<Analyzer> = {}): Analyzer {
  const name = fields.name ?? 'external-access';
  return {
    arn: `arn:aws:access-analyzer:us-east-1:${exampleAccountId}:analyzer/${name}`,
    name,
    type: 'ACCOUNT',
    status: 'ACTIVE',
    statusReason: null,
    createdAt: exampleCreatedAt,
    managedBy: null,
    ...fields,
  };
}
