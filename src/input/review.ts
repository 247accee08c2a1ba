import { z } from 'zod';
import {
  correctiveActionPriorities,
  correctiveActionStatuses,
  emptyReview,
  incidentCauses,
  type ReviewQuestion,
  reviewQuestions,
} from '../model/review.ts';
import { dateField, optionalText, textField } from './fields.ts';

const optionalDate = dateField.nullable().default(null);

/** A question that is written out with nothing behind it is still to be answered. */
const answersField = z
  .partialRecord(z.enum(reviewQuestions), textField.nullable())
  .transform((given): Partial<Record<ReviewQuestion, string>> => {
    const answers: Partial<Record<ReviewQuestion, string>> = {};
    for (const question of reviewQuestions) {
      const answer = given[question];
      if (typeof answer === 'string') {
        answers[question] = answer;
      }
    }
    return answers;
  });

const correctiveActionField = z
  .strictObject({
    action: textField,
    owner: optionalText,
    due: optionalDate,
    acceptanceTest: optionalText,
    finding: z
      .string()
      .regex(/^[0-9a-f]{16}$/, 'expected the fingerprint of a finding: 16 hex digits')
      .nullable()
      .default(null),
    control: optionalText,
    priority: z.enum(correctiveActionPriorities).nullable().default(null),
    ticket: optionalText,
    status: z.enum(correctiveActionStatuses).default('open'),
  })
  .refine(({ finding, control }) => finding === null || control === null, {
    message: 'expected either `finding` or `control`, not both',
    path: ['control'],
  });

const notificationField = z.strictObject({
  to: textField,
  due: optionalDate,
  sentAt: optionalDate,
  note: optionalText,
});

const signOffField = z.strictObject({ name: textField, role: textField, at: dateField });

/** `review` of incident.yaml. */
export const reviewField = z
  .strictObject({
    owner: optionalText,
    participants: z.array(textField).default([]),
    rootCause: optionalText,
    howItLeaked: optionalText,
    cause: z.enum(incidentCauses).nullable().default(null),
    classification: optionalText,
    reviewDate: optionalDate,
    answers: answersField.default({}),
    correctiveActions: z.array(correctiveActionField).default([]),
    notifications: z.array(notificationField).default([]),
    signOff: z.array(signOffField).default([]),
  })
  .default({ ...emptyReview, participants: [], correctiveActions: [], notifications: [], signOff: [] });
