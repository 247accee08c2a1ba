import { type ReviewQuestion, reviewQuestions } from '../../model/review.ts';
import { dateText } from '../text/dates.ts';
import { type CauseChoiceView, causeChoices } from './cause-choices.ts';
import { listed } from './report-context.ts';
import type { Listed } from './report-view.ts';
import { type EvidenceLineView, evidenceFor, type ReviewSources } from './review-evidence.ts';

export interface WorksheetQuestionView {
  readonly id: ReviewQuestion;
  readonly number: number;
  readonly question: string;
  readonly evidence: Listed<EvidenceLineView>;
  readonly answer: string | null;
}

export interface WorksheetView {
  readonly headline: string;
  readonly owner: string;
  readonly participants: readonly string[];
  readonly reviewDate: string | null;
  readonly questions: readonly WorksheetQuestionView[];
  readonly whys: readonly WorksheetQuestionView[];
  readonly causes: readonly CauseChoiceView[];
  /** Chosen, or spoken for or against by the evidence. */
  readonly tellingCauses: readonly CauseChoiceView[];
  readonly causeChosen: boolean;
  /** The cause that people chose speaks against the evidence. */
  readonly causeContradicted: boolean;
  readonly rootCause: string | null;
  /** Empty lines to write on, on paper. */
  readonly lines: readonly string[];
}

/** NIST SP 800-61r2 §3.4 in our words. */
const questionTexts = {
  'what-happened': 'What happened, and when?',
  'how-well': 'How well did people deal with it? Were the procedures followed, and were they good enough?',
  'needed-sooner': 'What should have been known sooner?',
  hindered: 'Was anything done, or left undone, that slowed the recovery?',
  differently: 'What would be done differently next time?',
  sharing: 'Who else should have been told, or could have helped?',
  prevention: 'What keeps it from happening again?',
  indicators: 'What should be watched for from now on?',
  tools: 'Which tools or resources are missing to detect, analyse and mend?',
  'why-leaked': 'Why could the credential leak?',
  'why-long-term': 'Why was it one that never expires?',
  'why-so-much': 'Why could it do so much?',
  'why-unnoticed': 'Why was it not noticed sooner?',
  'why-outlived': 'Why did access outlive the key?',
} as const satisfies Record<ReviewQuestion, string>;

const linesToWriteOn = 3;

/** The review's paper: what the evidence says, what people answered, and what is still blank. */
export function worksheetView(sources: ReviewSources): WorksheetView {
  const { review, accessKeyIds } = sources.story.facts;
  const asked = reviewQuestions.map(
    (id): Omit<WorksheetQuestionView, 'number'> => ({
      id,
      question: questionTexts[id],
      evidence: listed(evidenceFor(id, sources), sources.context.limits.names),
      answer: review.answers[id] ?? null,
    }),
  );
  const numbered = (group: typeof asked): readonly WorksheetQuestionView[] =>
    group.map((question, index) => ({ ...question, number: index + 1 }));
  const isWhy = ({ id }: { readonly id: string }): boolean => id.startsWith('why-');
  const open = asked.filter(({ answer }) => answer === null).length;
  const causes = causeChoices(sources.context, accessKeyIds, review.cause);
  return {
    headline:
      open === 0
        ? `All ${asked.length} questions answered`
        : `${asked.length - open} of ${asked.length} questions answered`,
    owner: review.owner ?? 'the review’s owner',
    participants: review.participants,
    reviewDate: review.reviewDate === null ? null : dateText(review.reviewDate),
    questions: numbered(asked.filter((question) => !isWhy(question))),
    whys: numbered(asked.filter(isWhy)),
    causes,
    tellingCauses: causes.filter(({ chosen, standing }) => chosen || standing !== 'not-told'),
    causeChosen: review.cause !== null && review.cause !== 'unknown',
    causeContradicted: causes.some(({ chosen, standing }) => chosen && standing === 'contradicted'),
    rootCause: review.rootCause,
    lines: Array.from({ length: linesToWriteOn }, (_, index) => `Line ${index + 1}`),
  };
}
