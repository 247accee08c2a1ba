import type { LineageDrawing } from '../graph/lineage-drawing.ts';
import type { SessionBars } from '../graph/session-bars.ts';
import type { TimelineDrawing } from '../graph/timeline-drawing.ts';
import type { FactView, LinkView, Listed } from '../view-model/report-view.ts';

/** How much is written out; the rest is counted and pointed to. */
export interface TraceLimits {
  readonly rows: number;
  /** Lines of the tree. */
  readonly branches: number;
  /** Names in a row's list, and events in an artefact's proof. */
  readonly names: number;
  readonly characters: number;
}

/** An event as proof: enough to find the record again. */
export interface ProofView {
  readonly time: string;
  readonly event: string;
  readonly outcome: string;
  readonly actor: string;
  readonly accessKeyId: string | null;
  readonly sourceIp: string | null;
  readonly userAgent: string | null;
  readonly id: string;
  readonly file: string;
}

export interface SurvivalView {
  readonly label: string;
  readonly why: string | null;
  readonly lasting: boolean;
}

export interface ArtefactView {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly arn: string;
  readonly uniqueId: string | null;
  readonly place: string | null;
  readonly marks: readonly string[];
  /** `created 2026-11-03 09:15 UTC by AKIA…`. */
  readonly origin: string;
  readonly survival: SurvivalView | null;
  readonly unbounded: string | null;
  readonly proof: Listed<ProofView>;
  /** The finding that says what to do with it, in a report that has findings. */
  readonly finding: LinkView | null;
}

/** One line of the tree in words. */
export interface BranchView {
  readonly depth: number;
  /** Spaces before the bullet of a Markdown list. */
  readonly indent: string;
  readonly name: string;
  readonly text: string;
  readonly repeated: boolean;
  readonly deleted: boolean;
}

/** Branches as nested lists. */
export interface BranchNode {
  readonly row: BranchView;
  readonly children: readonly BranchNode[];
}

/** A session, with when it is over at the latest. */
export interface SessionRowView {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly place: string | null;
  /** `Ended`, `Can live`, `No end by itself`, `Not known`: never a colour alone. */
  readonly state: string;
  readonly look: 'live' | 'ended' | 'endless' | 'unknown';
  readonly end: string;
  readonly why: string | null;
  readonly origin: string;
  readonly finding: LinkView | null;
}

/** Things of one type that outlive the key; what is said of all of them is said once. */
export interface SurvivorGroupView {
  readonly type: string;
  readonly count: number;
  /** Rows of the table that the group takes. */
  readonly span: number;
  /** What is said of all of them; null where they differ. */
  readonly survival: string | null;
  /** The same, unless the heading says it of every group. */
  readonly word: string | null;
  readonly why: string | null;
  readonly rows: Listed<ArtefactView>;
}

export interface SurvivorsView {
  readonly headline: string;
  readonly sentence: string;
  /** When the last session is over, or why it never is. */
  readonly lastEnd: string;
  readonly sessions: Listed<SessionRowView>;
  readonly bars: SessionBars | null;
  readonly groups: readonly SurvivorGroupView[];
  /** What holds of every group. */
  readonly common: string | null;
  readonly livesOn: Listed<ArtefactView>;
  readonly unknown: Listed<ArtefactView>;
  /** Deleted according to the events, or no longer in the evidence of a sweep. */
  readonly gone: Listed<ArtefactView>;
  readonly ends: number;
  /** Sessions that had ended by themselves before the evidence's time. */
  readonly ended: number;
}

export interface LineageView {
  readonly drawing: LineageDrawing;
  readonly branches: Listed<BranchView>;
  readonly nested: readonly BranchNode[];
  readonly artefacts: Listed<ArtefactView>;
  readonly survivors: SurvivorsView;
  /** What the events could not tell; empty when nothing is known to be missing. */
  readonly limits: readonly string[];
}

export interface TimelineRowView extends ProofView {
  readonly lane: string;
}

export interface TimelineView {
  readonly drawing: TimelineDrawing | null;
  readonly rows: Listed<TimelineRowView>;
}

export interface ActivityView {
  readonly id: string;
  readonly name: string;
  readonly credential: string;
  readonly standing: string;
  readonly during: string;
  readonly calls: number;
  readonly errors: number;
  readonly services: Listed<{ readonly service: string; readonly actions: string }>;
  readonly regions: Listed<string>;
  readonly sourceIps: Listed<string>;
  readonly userAgents: Listed<string>;
  readonly errorCodes: Listed<string>;
}

export interface ImpactView {
  readonly kind: string;
  readonly title: string;
  readonly place: string;
  readonly calls: number;
  readonly succeeded: number;
  readonly during: string;
  readonly actions: Listed<string>;
  readonly resources: Listed<string>;
}

export interface RotationView {
  readonly arn: string;
  readonly type: string;
  readonly why: string;
  readonly events: Listed<string>;
}

export interface CoverageRowView {
  readonly place: string;
  readonly during: string;
  readonly basis: string;
  readonly holes: Listed<string>;
  /** The part of the incident's window that lies outside. */
  readonly short: string | null;
}

export interface NotSeenView {
  readonly headline: string;
  /** Empty only when coverage is whole and nothing failed. */
  readonly limits: readonly string[];
  readonly coverage: Listed<CoverageRowView>;
  readonly gaps: Listed<{
    readonly operation: string;
    readonly reason: string;
    readonly unit: string;
    readonly resource: string | null;
    readonly detail: string;
  }>;
}

export interface SettingView {
  readonly setting: string;
  readonly value: string;
  readonly at: string;
  readonly by: string;
  readonly byIncident: boolean;
  readonly eventId: string;
}

export interface SuspectView {
  readonly id: string;
  readonly why: string;
  readonly events: Listed<string>;
}

/** Everything that the templates of a trace print. */
export interface TraceView {
  readonly title: string;
  readonly incident: { readonly id: string; readonly title: string; readonly window: string | null };
  readonly toolVersion: string;
  readonly resultFile: string;
  readonly navigation: readonly (LinkView & { readonly count: number | null })[];
  readonly headline: string;
  readonly sentence: string;
  readonly credentials: {
    readonly headline: string;
    readonly rows: Listed<{ readonly name: string; readonly detail: string }>;
  };
  readonly notSeen: NotSeenView;
  readonly nextSteps: readonly { readonly title: string; readonly sentence: string; readonly href: string }[];
  readonly lineage: LineageView;
  readonly timeline: TimelineView;
  readonly activity: Listed<ActivityView>;
  readonly impact: Listed<ImpactView>;
  readonly rotation: Listed<RotationView>;
  /** Lines of YAML for the incident file, already quoted and escaped. */
  readonly indicators: readonly string[];
  readonly suspects: Listed<SuspectView>;
  readonly settings: Listed<SettingView>;
  readonly method: { readonly facts: readonly FactView[]; readonly sources: Listed<string> };
}
