import type { IncidentReview } from '../../model/review.ts';
import type { TimeSpan } from '../graph/timeline-drawing.ts';
import { reviewFacts } from './review-facts.ts';
import { type Fields, isFields, textIn, textsIn } from './untyped-fields.ts';

export interface IncidentFacts {
  readonly id: string;
  readonly title: string;
  readonly window: TimeSpan | null;
  readonly milestones: readonly { readonly name: string; readonly time: string }[];
  readonly accessKeyIds: readonly string[];
  readonly principals: readonly string[];
  readonly review: IncidentReview;
}

/** The incident stands in a result as its author wrote it: what is missing is missing. */
export function incidentFacts(incident: Fields | null): IncidentFacts {
  const fields = incident ?? {};
  const { window, milestones, compromised } = fields;
  const from = isFields(window) ? textIn(window, 'from') : null;
  const to = isFields(window) ? textIn(window, 'to') : null;
  return {
    id: textIn(fields, 'id') ?? 'unnamed incident',
    title: textIn(fields, 'title') ?? 'Untitled incident',
    window: from === null || to === null ? null : { from, to },
    milestones: isFields(milestones)
      ? Object.entries(milestones)
          .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
          .map(([name, time]) => ({ name, time }))
      : [],
    accessKeyIds: textsIn(compromised, 'accessKeyIds'),
    principals: textsIn(compromised, 'principals'),
    review: reviewFacts(fields['review']),
  };
}
