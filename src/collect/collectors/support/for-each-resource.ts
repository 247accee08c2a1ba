import pMap from 'p-map';

/** Calls under way at once inside one collector; the reader holds the rate budget and the global limit. */
const concurrency = 8;

/** Maps resources with a few calls under way; the results keep the order of the resources. */
export function forEachResource<Resource, Result>(
  resources: Iterable<Resource>,
  visit: (resource: Resource) => Promise<Result>,
): Promise<readonly Result[]> {
  return pMap(resources, visit, { concurrency });
}
