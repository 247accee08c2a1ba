import type { LineageEdge, LineageNode } from '../../../model/lineage.ts';
import type { TrailEvent } from '../../../model/trail-event.ts';

/** How a session came to be; its longest life follows from it. */
export type SessionOrigin =
  | 'assume-role'
  | 'assume-role-saml'
  | 'assume-role-web-identity'
  | 'assume-root'
  | 'federation-token'
  | 'session-token'
  | 'signin-token'
  | 'console'
  | 'roles-anywhere'
  | 'oauth'
  | 'portal'
  | 'service';

/** What an event tells of one thing, before it is known whether the thing belongs to the incident. */
export interface NodeSeed {
  readonly kind: LineageNode['kind'];
  readonly type: string;
  /** The same thing has the same key in every event, whether it is named by ARN, by name or by id. */
  readonly key: string;
  readonly label: string;
  readonly arn: string | null;
  readonly uniqueId: string | null;
  readonly accountId: string | null;
  readonly region: string | null;
  /** Access key ids by which a session or credential acts. */
  readonly accessKeyId?: string;
  readonly session?: { readonly origin: SessionOrigin; readonly durationSeconds: number | null };
  /** ARN of the role that a function or an instance runs as. */
  readonly runsAs?: string;
  /** The trust policy that was set, as JSON text. */
  readonly trustPolicy?: string;
}

/** A seed while it is put together: spreading it for one more member costs more than all its other members. */
export type SeedDraft = { -readonly [Member in keyof NodeSeed]: NodeSeed[Member] };

export type Relation = Exclude<LineageEdge['relation'], 'linked'>;

/** What the actor of an event did to one thing. */
export interface Act {
  readonly relation: Relation;
  readonly seed: NodeSeed;
}

/** Two things that belong together, by their keys. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** What one kind of event means. */
export interface LineageRule {
  /** `meant`: ARN of the thing that a refused call without parameters was about. */
  readonly acts: (event: TrailEvent, meant?: string) => readonly Act[];
  readonly links?: (event: TrailEvent) => readonly Link[];
  /** It makes, deletes and issues nothing, and sets no password, code or trust: no life begins or ends with it. */
  readonly changesOnly?: boolean;
  /** Where a failure shows elsewhere than in the error code. */
  readonly failed?: (event: TrailEvent) => boolean;
}

/** Event name to rule, for one event source. */
export type RuleTable = Readonly<Record<string, LineageRule>>;
