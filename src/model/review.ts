/** What a credential usually leaks through; the review ticks one. */
export const incidentCauses = [
  'phishing',
  'environment',
  'hard-coded',
  'malware',
  'ssrf',
  'third-party',
  'insider',
  'other',
  'unknown',
] as const;
export type IncidentCause = (typeof incidentCauses)[number];

/**
 * Questions of the lessons-learned worksheet: those of NIST SP 800-61r2 §3.4, then five whys from the leak to what
 * outlived it.
 */
export const reviewQuestions = [
  'what-happened',
  'how-well',
  'needed-sooner',
  'hindered',
  'differently',
  'sharing',
  'prevention',
  'indicators',
  'tools',
  'why-leaked',
  'why-long-term',
  'why-so-much',
  'why-unnoticed',
  'why-outlived',
] as const;
export type ReviewQuestion = (typeof reviewQuestions)[number];

export const correctiveActionPriorities = ['critical', 'high', 'medium', 'low'] as const;
export const correctiveActionStatuses = ['open', 'in-progress', 'done', 'declined'] as const;

/** Dates are a day (`2026-12-01`, meant to its end in UTC) or a UTC time. */
export interface CorrectiveAction {
  readonly action: string;
  /** A role or team; null = to be assigned. */
  readonly owner: string | null;
  readonly due: string | null;
  /** What must be shown before it counts as done. */
  readonly acceptanceTest: string | null;
  /** Fingerprint of the finding that it answers. */
  readonly finding: string | null;
  /** Check id, guardrail id or a framework's control that it answers. */
  readonly control: string | null;
  readonly priority: (typeof correctiveActionPriorities)[number] | null;
  readonly ticket: string | null;
  readonly status: (typeof correctiveActionStatuses)[number];
}

/** Somebody who must be told: a regulator, customers, AWS Support. */
export interface ReviewNotification {
  readonly to: string;
  readonly due: string | null;
  readonly sentAt: string | null;
  readonly note: string | null;
}

export interface SignOff {
  readonly name: string;
  readonly role: string;
  readonly at: string;
}

/** What people write down for the review after the incident; nothing in it decides a finding. */
export interface IncidentReview {
  readonly owner: string | null;
  readonly participants: readonly string[];
  readonly rootCause: string | null;
  readonly howItLeaked: string | null;
  readonly cause: IncidentCause | null;
  /** How far the report may travel: a TLP label or the house's own word. */
  readonly classification: string | null;
  readonly reviewDate: string | null;
  readonly answers: Readonly<Partial<Record<ReviewQuestion, string>>>;
  readonly correctiveActions: readonly CorrectiveAction[];
  readonly notifications: readonly ReviewNotification[];
  readonly signOff: readonly SignOff[];
}

export const emptyReview: IncidentReview = {
  owner: null,
  participants: [],
  rootCause: null,
  howItLeaked: null,
  cause: null,
  classification: null,
  reviewDate: null,
  answers: {},
  correctiveActions: [],
  notifications: [],
  signOff: [],
};
