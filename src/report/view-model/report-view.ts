import type { Decision } from '../../model/finding.ts';
import type { Severity } from '../../model/severity.ts';
import type { CoverageDrawing, CoverageState } from '../graph/coverage-drawing.ts';
import type { LineageView } from '../trace/trace-view.ts';
import type { AttackView } from './attack-view.ts';
import type { BoardFactView, BoardView } from './board-view.ts';
import type { ClosureView } from './closure-view.ts';
import type { ComplianceView } from './compliance-view.ts';
import type { CorrectiveActionsView } from './corrective-actions-view.ts';
import type { CustodyView } from './custody-view.ts';
import type { GlossaryView } from './glossary-view.ts';
import type { IncidentChaptersView } from './incident-chapters.ts';
import type { MethodView } from './method-view.ts';
import type { DecisionsOfPeopleView } from './people-view.ts';
import type { RootCausesView } from './root-causes-view.ts';
import type { VerificationView } from './verification-view.ts';
import type { WorksheetView } from './worksheet-view.ts';

/** How much is written out; the rest is counted and pointed to. */
export interface ReportLimits {
  readonly cardsPerChapter: number;
  /** Over all chapters, of which each shows a few at least. */
  readonly cardsInAll?: number;
  readonly findingsPerCard: number;
  /** Rows of every other table. */
  readonly rows: number;
  /** Names in a row's list. */
  readonly names: number;
  /** Longest text that is shown whole. */
  readonly characters: number;
}

/** Some items of a list, and how many are left out. */
export interface Listed<T> {
  readonly shown: readonly T[];
  readonly hidden: number;
  readonly total: number;
}

export interface Tally {
  readonly id: string;
  readonly label: string;
  readonly count: number;
}

export interface LinkView {
  readonly href: string;
  readonly label: string;
}

/** The chapters of one phase, as the table of contents shows them. */
export interface NavigationGroupView {
  readonly id: string;
  readonly label: string;
  readonly links: readonly (LinkView & { readonly count: number | null })[];
}

/** Where the work of one phase stands. `unproved`: nothing was found, but not everything was seen. */
export interface PhaseView {
  readonly id: 'analysis' | 'containment' | 'eradication' | 'recovery' | 'post-incident';
  readonly number: number;
  readonly label: string;
  readonly href: string;
  readonly state: 'open' | 'unproved' | 'clear';
  readonly stateLabel: string;
  readonly detail: string;
}

export interface PlanStepView {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly place: string;
  /** `By hand`, `Cannot be undone`, a time before which it must not be done. */
  readonly notes: readonly string[];
}

/** The plan in its own order, to be ticked off while it is worked through. */
export interface PlanStageView {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly steps: Listed<PlanStepView>;
}

export interface FactView {
  readonly label: string;
  readonly value: string;
  readonly detail: string | null;
  readonly warning: boolean;
}

export interface VerdictView {
  readonly allClear: boolean;
  /** Stands over the headline. */
  readonly label: string;
  readonly headline: string;
  readonly sentence: string;
  readonly reasons: readonly LinkView[];
}

export interface GapGroupView {
  readonly reason: string;
  readonly reasonLabel: string;
  readonly operation: string;
  readonly permission: string | null;
  readonly deniedBy: string | null;
  readonly units: Listed<string>;
  readonly resources: Listed<string>;
  readonly checks: Listed<CheckNameView>;
  readonly detail: string;
  readonly retryable: boolean;
  readonly accepted: boolean;
  readonly remedy: string;
}

interface CheckNameView {
  readonly id: string;
  readonly title: string;
}

interface CheckUnitsView extends CheckNameView {
  readonly units: Listed<string>;
}

export interface BlindSpotsView {
  readonly headline: string;
  /** Gaps that no exception accepts, counted by operation and place. */
  readonly open: number;
  readonly accepted: number;
  readonly byReason: readonly Tally[];
  readonly groups: Listed<GapGroupView>;
  /** The few that the first screen has room for. */
  readonly first: readonly GapGroupView[];
  readonly notSwept: Listed<{
    readonly accountId: string;
    readonly name: string | null;
    readonly reason: string;
  }>;
  readonly unevaluated: Listed<CheckUnitsView>;
}

interface BarSegmentView {
  readonly severity: Severity;
  readonly x: number;
  readonly width: number;
}

export interface BarView {
  readonly id: Decision;
  readonly label: string;
  /** The same in words for somebody who has to make no decision. */
  readonly plain: string;
  readonly count: number;
  /** Subjects, or checks in the hardening chapter. */
  readonly things: number;
  readonly breakdown: string;
  readonly segments: readonly BarSegmentView[];
}

export interface OverviewView {
  readonly headline: string;
  readonly findings: number;
  readonly urgent: number;
  readonly accepted: number;
  readonly bars: readonly BarView[];
  readonly byAttribution: readonly Tally[];
  readonly top: readonly TopCardView[];
}

interface TopCardView {
  readonly href: string;
  readonly severity: Severity;
  readonly severityLabel: string;
  readonly title: string;
  readonly message: string;
  readonly attribution: string;
}

export interface NextStepView {
  readonly title: string;
  readonly href: string;
  readonly sentence: string;
  /** What comes before the actions, or on what they hang. */
  readonly firstAction: string | null;
  readonly actions: Listed<StepActionView>;
}

export interface StepActionView {
  readonly id: string;
  readonly title: string;
  readonly subjects: Listed<string>;
}

export interface SubjectView {
  readonly name: string;
  readonly arn: string;
  readonly uniqueId: string | null;
  readonly type: string;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly region: string | null;
}

export interface FindingView {
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly severityLabel: string;
  readonly title: string;
  readonly message: string;
  readonly check: string;
  readonly subject: SubjectView;
  readonly history: string | null;
  readonly accepted: string | null;
}

interface EventView {
  readonly time: string;
  readonly name: string;
  readonly actor: string;
  readonly accessKeyId: string | null;
  readonly sourceIp: string | null;
  readonly id: string;
}

interface EvidenceView {
  readonly key: string;
  readonly place: string;
  readonly pointer: string;
  readonly asOf: string;
}

export interface CardCheckView extends CheckNameView {
  readonly description: readonly string[];
  readonly techniques: string | null;
  readonly frameworks: readonly string[];
  readonly references: readonly LinkView[];
}

export interface CardTokensView {
  readonly severities: readonly string[];
  readonly accounts: readonly string[];
  readonly services: readonly string[];
  readonly techniques: readonly string[];
  readonly attributions: readonly string[];
}

/** All findings of one chapter about one subject, or (in the hardening chapter) of one check. */
export interface CardView {
  readonly id: string;
  readonly severity: Severity;
  readonly severityLabel: string;
  readonly title: string;
  readonly kicker: string;
  /** Null when the card is about a check and not about one thing. */
  readonly subject: SubjectView | null;
  /** What filters hold a card against: every value that a finding of it has. */
  readonly tokens: CardTokensView;
  /** Of its proving events, in ISO 8601; empty where no event is known. */
  readonly firstSeen: string;
  readonly attributions: readonly Tally[];
  readonly findings: Listed<FindingView>;
  readonly signals: Listed<{ readonly code: string; readonly fact: string; readonly source: string }>;
  readonly firstAction: string | null;
  readonly actions: readonly { readonly id: string; readonly title: string }[];
  readonly why: readonly string[];
  readonly cautions: readonly string[];
  readonly survives: readonly { readonly label: string; readonly why: string; readonly lasting: boolean }[];
  /** Each way of outliving the key once. */
  readonly lastingLabels: readonly string[];
  readonly events: Listed<EventView>;
  readonly evidence: Listed<EvidenceView>;
  readonly checks: readonly CardCheckView[];
  readonly alsoIn: readonly LinkView[];
}

export interface ChapterView {
  readonly id: Decision;
  readonly title: string;
  readonly phase: string;
  readonly lead: string;
  readonly count: string;
  readonly empty: string;
  /** Cards with a finding that no exception accepts. */
  readonly openCards: number;
  readonly cards: Listed<CardView>;
}

export interface OutcomeRowView extends CheckNameView {
  readonly population: string;
  readonly units: Listed<string>;
  readonly examined: number | null;
  readonly note: readonly string[];
}

export interface OutcomesView {
  readonly tallies: readonly Tally[];
  readonly manualOpen: Listed<OutcomeRowView>;
  readonly manualAnswered: Listed<OutcomeRowView>;
  readonly passed: Listed<OutcomeRowView>;
  readonly passedExamined: number;
  readonly notApplicable: Listed<OutcomeRowView>;
  readonly errors: Listed<OutcomeRowView>;
}

export interface InventoryRowView {
  readonly subject: SubjectView;
  readonly created: string | null;
  readonly modified: string | null;
  readonly baseline: string;
}

export interface CoverageCellView {
  readonly state: CoverageState;
  readonly label: string;
}

export interface CoverageView {
  readonly services: readonly string[];
  readonly drawing: CoverageDrawing;
  readonly accounts: Listed<{
    readonly accountId: string;
    readonly name: string | null;
    readonly swept: boolean;
    readonly cells: readonly CoverageCellView[];
  }>;
  readonly summary: readonly (Tally & { readonly x: number; readonly width: number })[];
  readonly summaryText: string;
  readonly byService: Listed<{
    readonly service: string;
    readonly calls: number;
    readonly observations: number;
    readonly gaps: number;
    readonly accounts: number;
  }>;
}

/** Everything a template prints: plain, sorted data with every number computed. */
export interface ReportView extends IncidentChaptersView {
  readonly title: string;
  readonly incident: { readonly id: string; readonly title: string; readonly window: string | null } | null;
  readonly asOf: string;
  readonly toolVersion: string;
  readonly banner: string | null;
  readonly resultFile: string;
  /** Ties what a reader ticks off in a browser to this evidence and no other. */
  readonly evidenceDigest: string;
  readonly phases: readonly PhaseView[];
  readonly navigation: readonly NavigationGroupView[];
  readonly verdict: VerdictView;
  readonly scope: {
    readonly accounts: BoardFactView;
    readonly facts: readonly BoardFactView[];
    readonly loud: readonly string[];
  };
  readonly blindSpots: BlindSpotsView;
  readonly overview: OverviewView;
  readonly nextSteps: readonly NextStepView[];
  readonly planSentence: string;
  readonly planStages: readonly PlanStageView[];
  readonly chapters: readonly ChapterView[];
  readonly filters: {
    readonly severities: readonly Tally[];
    readonly accounts: Listed<{ readonly id: string; readonly name: string | null }>;
    readonly services: Listed<Tally>;
    readonly techniques: Listed<Tally>;
    readonly attributions: readonly Tally[];
  };
  /** Null when no events were followed. */
  readonly lineage: LineageView | null;
  /** Null for a result that no `verify` made. */
  readonly verification: VerificationView | null;
  readonly outcomes: OutcomesView;
  readonly inventory: Listed<InventoryRowView>;
  readonly coverage: CoverageView;
  readonly people: DecisionsOfPeopleView;
  readonly board: BoardView;
  readonly rootCauses: RootCausesView;
  readonly correctiveActions: CorrectiveActionsView;
  readonly worksheet: WorksheetView;
  readonly closure: ClosureView;
  readonly compliance: ComplianceView;
  readonly attack: AttackView;
  readonly glossary: GlossaryView;
  readonly method: MethodView;
  readonly custody: CustodyView;
}
