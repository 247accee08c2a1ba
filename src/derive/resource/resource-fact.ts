import { type CanonicalValue, canonicalJson } from '../../model/canonical-json.ts';
import type { ResourceFact } from '../../model/evidence/derived.ts';
import type { Tag } from '../../model/evidence/iam.ts';
import { sha256 } from '../../model/sha256.ts';

type Required = 'arn' | 'type' | 'name';

/** A fact of which nothing is known but what is given: no date, no owner, no content. */
export function resourceFact(
  fields: Pick<ResourceFact, Required> & Partial<Omit<ResourceFact, Required>>,
): ResourceFact {
  return {
    uniqueId: null,
    accountId: null,
    region: null,
    createdAt: null,
    modifiedAt: null,
    changeCoverage: 'none',
    createdBy: null,
    owner: null,
    contentSha256: null,
    ...fields,
  };
}

export function contentDigest(content: CanonicalValue): string {
  return sha256(canonicalJson(content));
}

/** Lists whose order means nothing, so that it does not change a digest. */
export function sortedTexts(texts: readonly string[]): readonly string[] {
  return [...texts].sort();
}

/** The latest of some UTC times; null when there is none. */
export function latest(...times: readonly (string | null)[]): string | null {
  return times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
}

/** Strongest first: only CloudFormation itself can write an `aws:` tag, anybody can write the others. */
const ownerTags = ['aws:cloudformation:stack-name', 'owner', 'managed-by', 'managedby', 'team'];

export function ownerByTag(tags: readonly Tag[]): string | null {
  for (const key of ownerTags) {
    const tag = tags.find((candidate) => candidate.key.toLowerCase() === key && candidate.value !== '');
    if (tag !== undefined) {
      return tag.value;
    }
  }
  return null;
}
