import type { EventActor, TrailEvent } from '../../model/trail-event.ts';
import type { Act, LineageRule, Link } from './rules/lineage-rule.ts';
import { refusedActs } from './rules/refused.ts';
import { ruleOf } from './rules/rules.ts';

const none: readonly never[] = [];

/**
 * An event with what it means, which is told when it is asked for: of a large log's events few are asked for more than
 * who acted. `at` in milliseconds, because times are written with and without fractions.
 */
export class PreparedEvent {
  readonly event: TrailEvent;
  /** As the record itself names the caller, where a copy in his own account knew him better. */
  readonly recordedActor: EventActor | null;
  readonly at: number;
  readonly done: boolean;
  readonly #rule: LineageRule | null;
  #acts: readonly Act[] | null;
  #links: readonly Link[] | null = null;

  /** @param acts where other events tell more of them than this one */
  constructor(event: TrailEvent, recordedActor: EventActor | null, acts: readonly Act[] | null = null) {
    this.event = event;
    this.recordedActor = recordedActor;
    this.at = event.at ?? Date.parse(event.time);
    this.#rule = ruleOf(event.source, event.name);
    this.done = event.errorCode === null && this.#rule?.failed?.(event) !== true;
    this.#acts = acts;
  }

  get acts(): readonly Act[] {
    this.#acts ??= this.passingActs();
    return this.#acts;
  }

  get links(): readonly Link[] {
    this.#links ??= this.done ? (this.#rule?.links?.(this.event) ?? none) : none;
    return this.#links;
  }

  /** The acts, not kept: to look once through all events of a log. */
  passingActs(): readonly Act[] {
    if (this.#acts !== null || this.#rule === null) {
      return this.#acts ?? none;
    }
    return this.done ? this.#rule.acts(this.event) : refusedActs(this.#rule, this.event);
  }
}
