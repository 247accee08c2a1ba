import type { LineageNode } from '../../model/lineage.ts';
import type { NodeSeed, SessionOrigin } from './rules/lineage-rule.ts';

/** How a session was made: what its latest end follows from. */
export interface Minting {
  readonly origin: SessionOrigin;
  readonly durationSeconds: number | null;
  readonly at: number;
  /** Made by another role session: one hour at most, however long was asked for. */
  readonly chained: boolean;
}

/** A node while the graph is being built. */
export interface NodeDraft {
  readonly key: string;
  kind: LineageNode['kind'];
  type: string;
  label: string;
  arn: string | null;
  uniqueId: string | null;
  accountId: string | null;
  region: string | null;
  seed: boolean;
  /** Label and ARN come from the event that made it: nothing later knows better. */
  told: boolean;
  tainted: boolean;
  shared: boolean;
  service: boolean;
  made: boolean;
  /** Its password, code or trust was set by the incident. */
  altered: boolean;
  used: boolean;
  firstAt: number | null;
  lastAt: number | null;
  minting: Minting | null;
}

export function draftOf(
  key: string,
  fields: Pick<NodeDraft, 'kind' | 'type' | 'label'> & Partial<NodeSeed>,
): NodeDraft {
  return {
    key,
    kind: fields.kind,
    type: fields.type,
    label: fields.label,
    arn: fields.arn ?? null,
    uniqueId: fields.uniqueId ?? null,
    accountId: fields.accountId ?? null,
    region: fields.region ?? null,
    seed: false,
    told: false,
    tainted: false,
    shared: false,
    service: false,
    made: false,
    altered: false,
    used: false,
    firstAt: null,
    lastAt: null,
    minting: null,
  };
}

export function seenAt(draft: NodeDraft, at: number): void {
  draft.firstAt = draft.firstAt === null || at < draft.firstAt ? at : draft.firstAt;
  draft.lastAt = draft.lastAt === null || at > draft.lastAt ? at : draft.lastAt;
}

/** Whatever a later event knows better; the making event's own words stay. */
export function learn(draft: NodeDraft, seed: NodeSeed, making: boolean): void {
  if (making && !draft.told) {
    draft.type = seed.type;
    draft.label = seed.label;
    draft.arn = seed.arn ?? draft.arn;
    draft.told = true;
  }
  draft.arn ??= seed.arn;
  draft.uniqueId ??= seed.uniqueId;
  draft.accountId ??= seed.accountId;
  draft.region ??= seed.region;
}
