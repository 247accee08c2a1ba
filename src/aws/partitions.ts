import type { ServiceName } from './operation.ts';

type GlobalService = 'account' | 'iam' | 'organizations';

/** Regions in which the global services live and sign (SDK endpoint rules; aws-apis §2.3). */
const homeRegions: Readonly<Record<string, Readonly<Record<GlobalService | 'default', string>>>> = {
  aws: everywhere('us-east-1'),
  'aws-cn': {
    iam: 'cn-north-1',
    organizations: 'cn-northwest-1',
    account: 'cn-northwest-1',
    default: 'cn-north-1',
  },
  'aws-us-gov': everywhere('us-gov-west-1'),
  'aws-eusc': everywhere('eusc-de-east-1'),
  'aws-iso': everywhere('us-iso-east-1'),
  'aws-iso-b': everywhere('us-isob-east-1'),
  'aws-iso-e': everywhere('eu-isoe-west-1'),
  'aws-iso-f': everywhere('us-isof-south-1'),
};

function everywhere(region: string): Readonly<Record<GlobalService | 'default', string>> {
  return { iam: region, organizations: region, account: region, default: region };
}

function isGlobal(service: ServiceName): service is GlobalService {
  return service === 'iam' || service === 'organizations' || service === 'account';
}

/** The partition's home region: where its global services are asked, and where a sweep starts. */
export function homeRegion(partition: string): string {
  return homeRegions[partition]?.default ?? 'us-east-1';
}

/** Region of a global service, null for a regional one. */
export function globalServiceRegion(partition: string, service: ServiceName): string | null {
  return isGlobal(service) ? (homeRegions[partition]?.[service] ?? homeRegion(partition)) : null;
}
