/** Reserved for the trace: what the incident's credentials made. Null in results until a trail is read. */
export interface LineageNode {
  readonly id: string;
  readonly kind: 'principal' | 'session' | 'credential' | 'resource';
  readonly label: string;
  readonly deleted: boolean;
}

export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  readonly relation: 'issued' | 'assumed' | 'created' | 'changed' | 'deleted';
  readonly outcome: 'done' | 'attempted';
  readonly eventIds: readonly string[];
}
