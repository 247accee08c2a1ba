import type { ResourceFact } from '../../model/evidence/derived.ts';
import type { Analyzer, Trail } from '../../model/evidence/detection.ts';
import { contentDigest, latest, resourceFact } from './resource-fact.ts';

/** CloudTrail dates neither the making nor the changing of a trail, only when logging was switched on and off. */
export function trailFacts(trails: readonly Trail[] | null): readonly ResourceFact[] {
  return (trails ?? []).map((trail) =>
    resourceFact({
      arn: trail.arn,
      type: 'trail',
      name: trail.name,
      accountId: trail.ownerAccountId,
      region: trail.homeRegion,
      modifiedAt: latest(trail.startedAt, trail.stoppedAt),
      contentSha256: contentDigest({
        multiRegion: trail.multiRegion,
        organizationTrail: trail.organizationTrail,
        globalServiceEvents: trail.globalServiceEvents,
        logFileValidation: trail.logFileValidation,
        bucketName: trail.bucketName,
        kmsKeyId: trail.kmsKeyId,
        logging: trail.logging,
        selectors: {
          basic: trail.selectors.basic.map((selector) => ({ ...selector })),
          advanced: trail.selectors.advanced.map(({ name, fields }) => ({
            name,
            fields: fields.map((field) => ({ ...field })),
          })),
        },
      }),
    }),
  );
}

export function analyzerFacts(
  analyzers: readonly Analyzer[] | null,
  accountId: string | null,
  region: string | null,
): readonly ResourceFact[] {
  return (analyzers ?? []).map((analyzer) =>
    resourceFact({
      arn: analyzer.arn,
      type: 'analyzer',
      name: analyzer.name,
      accountId,
      region,
      createdAt: analyzer.createdAt,
      changeCoverage: analyzer.createdAt === null ? 'none' : 'created-only',
      // Switched off from outside it is not what was reviewed.
      contentSha256: contentDigest({
        type: analyzer.type,
        managedBy: analyzer.managedBy,
        working: analyzer.status === 'ACTIVE' || analyzer.status === 'CREATING',
      }),
    }),
  );
}
