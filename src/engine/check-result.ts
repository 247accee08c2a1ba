import type { Sighting } from '../model/finding.ts';
import type { Gap, NonEmpty } from '../model/gap.ts';

/** What became of one check in one unit. Only the engine builds these. */
export type CheckResult =
  | { readonly outcome: 'pass'; readonly examined: number }
  | {
      readonly outcome: 'fail';
      readonly examined: number | null;
      readonly sightings: NonEmpty<Sighting>;
      readonly gaps: readonly Gap[];
      readonly instructions: string | null;
    }
  | { readonly outcome: 'not-applicable'; readonly reason: string }
  | { readonly outcome: 'manual'; readonly instructions: string; readonly gaps: readonly Gap[] }
  | { readonly outcome: 'unevaluated'; readonly gaps: NonEmpty<Gap> }
  | { readonly outcome: 'error'; readonly message: string };
