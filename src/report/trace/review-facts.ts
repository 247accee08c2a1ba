import {
  type CorrectiveAction,
  correctiveActionPriorities,
  correctiveActionStatuses,
  emptyReview,
  type IncidentCause,
  type IncidentReview,
  incidentCauses,
  type ReviewNotification,
  type ReviewQuestion,
  reviewQuestions,
  type SignOff,
} from '../../model/review.ts';
import { type Fields, isFields, textIn, textsIn } from './untyped-fields.ts';

function oneOf<T extends string>(values: readonly T[], value: unknown): T | null {
  return values.find((known) => known === value) ?? null;
}

function rowsIn(fields: Fields, key: string): readonly Fields[] {
  const value = fields[key];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function correctiveAction(fields: Fields): CorrectiveAction {
  return {
    action: textIn(fields, 'action') ?? 'unnamed action',
    owner: textIn(fields, 'owner'),
    due: textIn(fields, 'due'),
    acceptanceTest: textIn(fields, 'acceptanceTest'),
    finding: textIn(fields, 'finding'),
    control: textIn(fields, 'control'),
    priority: oneOf(correctiveActionPriorities, fields['priority']),
    ticket: textIn(fields, 'ticket'),
    status: oneOf(correctiveActionStatuses, fields['status']) ?? 'open',
  };
}

function notification(fields: Fields): ReviewNotification {
  return {
    to: textIn(fields, 'to') ?? 'unnamed recipient',
    due: textIn(fields, 'due'),
    sentAt: textIn(fields, 'sentAt'),
    note: textIn(fields, 'note'),
  };
}

function signOff(fields: Fields): SignOff {
  return {
    name: textIn(fields, 'name') ?? 'unnamed',
    role: textIn(fields, 'role') ?? 'no role given',
    at: textIn(fields, 'at') ?? 'no time given',
  };
}

function answersIn(value: unknown): IncidentReview['answers'] {
  const answers: Partial<Record<ReviewQuestion, string>> = {};
  for (const question of isFields(value) ? reviewQuestions : []) {
    const answer = isFields(value) ? textIn(value, question) : null;
    if (answer !== null) {
      answers[question] = answer;
    }
  }
  return answers;
}

/** The review as it stands in a result, which may be older than its fields: what is missing is missing. */
export function reviewFacts(value: unknown): IncidentReview {
  if (!isFields(value)) {
    return emptyReview;
  }
  const cause: IncidentCause | null = oneOf(incidentCauses, value['cause']);
  return {
    owner: textIn(value, 'owner'),
    participants: textsIn(value, 'participants'),
    rootCause: textIn(value, 'rootCause'),
    howItLeaked: textIn(value, 'howItLeaked'),
    cause,
    classification: textIn(value, 'classification'),
    reviewDate: textIn(value, 'reviewDate'),
    answers: answersIn(value['answers']),
    correctiveActions: rowsIn(value, 'correctiveActions').map(correctiveAction),
    notifications: rowsIn(value, 'notifications').map(notification),
    signOff: rowsIn(value, 'signOff').map(signOff),
  };
}
