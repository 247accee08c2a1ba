import { output, type Script } from '../../../../support/fake-reader.ts';

export const organizationTrailArn = 'arn:aws:cloudtrail:us-east-1:999988887777:trail/organization';
export const localTrailArn = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/local';

const organizationTrail = {
  TrailARN: organizationTrailArn,
  Name: 'organization',
  HomeRegion: 'us-east-1',
  S3BucketName: 'organization-logs',
  IsMultiRegionTrail: true,
  IsOrganizationTrail: true,
  IncludeGlobalServiceEvents: true,
  LogFileValidationEnabled: true,
};

const localTrail = {
  TrailARN: localTrailArn,
  Name: 'local',
  HomeRegion: 'eu-west-1',
  S3BucketName: 'local-logs',
  IsMultiRegionTrail: false,
};

/** A trail of the organization that is visible everywhere, and one of a single other region. */
export const cloudTrailAnswers: Script = {
  ListTrails: output({
    Trails: [{ TrailARN: localTrailArn, Name: 'local', HomeRegion: 'eu-west-1' }],
  }),
  DescribeTrails: (input) =>
    output({ trailList: input['trailNameList'] === undefined ? [organizationTrail] : [localTrail] }),
  GetTrailStatus: (input) =>
    output(
      input['Name'] === localTrailArn
        ? { IsLogging: false, StopLoggingTime: new Date('2026-11-03T09:20:00Z'), LatestDeliveryError: '' }
        : { IsLogging: true, StartLoggingTime: new Date('2025-01-01T00:00:00Z') },
    ),
  GetEventSelectors: (input) =>
    output(
      input['TrailName'] === localTrailArn
        ? {
            AdvancedEventSelectors: [
              {
                Name: 'no IAM',
                FieldSelectors: [
                  { Field: 'eventCategory', Equals: ['Management'] },
                  { Field: 'eventSource', NotEquals: ['sts.amazonaws.com', 'iam.amazonaws.com'] },
                ],
              },
            ],
          }
        : {
            EventSelectors: [
              {
                ReadWriteType: 'WriteOnly',
                IncludeManagementEvents: true,
                ExcludeManagementEventSources: ['kms.amazonaws.com'],
              },
            ],
          },
    ),
};
