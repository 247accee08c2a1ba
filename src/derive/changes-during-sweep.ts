import { defineDerivation } from '../model/derivation.ts';
import type { ChangeDuringSweep } from '../model/evidence/derived.ts';
import type { AuthorizationDetails } from '../model/evidence/iam.ts';
import { iamFacts } from './resource/iam-facts.ts';
import { byText } from './support/by-text.ts';

type Kind = ChangeDuringSweep['type'];

interface Seen {
  readonly arn: string;
  readonly uniqueId: string;
  readonly type: Kind;
  readonly name: string;
  readonly content: string;
}

const kinds: ReadonlySet<string> = new Set<Kind>(['iam-user', 'iam-role', 'iam-group', 'iam-policy']);

function isKind(type: string): type is Kind {
  return kinds.has(type);
}

function seenIn(details: AuthorizationDetails): ReadonlyMap<string, Seen> {
  const versions = new Map(
    details.policies.map((policy) => [
      policy.arn,
      policy.versions.map(({ versionId, isDefault }) => `${versionId}${isDefault ? '*' : ''}`).sort(),
    ]),
  );
  return new Map(
    iamFacts(details, '').flatMap(({ arn, uniqueId, type, name, contentSha256 }) => {
      const content = [contentSha256, ...(versions.get(arn) ?? [])].join(' ');
      return isKind(type) ? [[arn, { arn, uniqueId: uniqueId ?? '', type, name, content }] as const] : [];
    }),
  );
}

function changeOf(before: Seen | undefined, after: Seen | undefined): ChangeDuringSweep['change'] | null {
  if (before === undefined) {
    return 'created';
  }
  if (after === undefined) {
    return 'deleted';
  }
  if (before.uniqueId !== after.uniqueId) {
    return 're-created';
  }
  return before.content === after.content ? null : 'changed';
}

/** Compares what the sweep saw first with what it saw when it ended; tags and last use do not count. */
export default defineDerivation({
  key: 'changes-during-sweep',
  inputs: ['iam.authorization-details', 'iam.closing-authorization-details'],
  compute: (evidence): readonly ChangeDuringSweep[] => {
    const first = seenIn(evidence['iam.authorization-details']);
    const closing = seenIn(evidence['iam.closing-authorization-details']);
    return [...new Set([...first.keys(), ...closing.keys()])]
      .flatMap((arn) => {
        const before = first.get(arn);
        const after = closing.get(arn);
        const known = after ?? before;
        const change = changeOf(before, after);
        if (known === undefined || change === null) {
          return [];
        }
        const { uniqueId, type, name } = known;
        return [{ arn, uniqueId, type, name, change }];
      })
      .sort(byText(({ arn }) => arn));
  },
});
