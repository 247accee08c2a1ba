import type { ResourceFact } from '../../model/evidence/derived.ts';
import type { Handshake } from '../../model/evidence/organizations.ts';
import { contentDigest, resourceFact } from './resource-fact.ts';

/** A handshake's answer is not dated, only its request. */
export function handshakeFacts(handshakes: readonly Handshake[] | null): readonly ResourceFact[] {
  return (handshakes ?? []).map((handshake) =>
    resourceFact({
      arn: handshake.arn,
      uniqueId: handshake.id,
      type: 'handshake',
      name: handshake.action,
      createdAt: handshake.requestedAt,
      changeCoverage: handshake.requestedAt === null ? 'none' : 'created-only',
      contentSha256: contentDigest({ action: handshake.action, state: handshake.state }),
    }),
  );
}
