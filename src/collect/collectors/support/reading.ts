import type { Answer, AwsCommandConstructor, Pages, ReadOptions } from '../../../aws/reader.ts';
import { type Gap, isNonEmpty } from '../../../model/gap.ts';
import { missing, type Observation, observed, type Provenance } from '../../../model/observation.ts';
import type { CollectContext } from '../../define-collector.ts';
import { decodePolicy } from './decode-policy.ts';
import { sortedBy } from './sorted-by.ts';

type Present<Fields> = { readonly [Name in keyof Fields]: NonNullable<Fields[Name]> };

const isPresent = <Fields extends object>(fields: Fields): fields is Fields & Present<Fields> =>
  Object.values(fields).every((value) => value !== undefined && value !== null);

const gapOrder = (gap: Gap): string => [gap.operation, gap.resource ?? '', gap.reason, gap.detail].join('\n');

/** One gap for each way in which everything failed, instead of one for each resource. */
const folded = (gaps: readonly Gap[]): readonly Gap[] => {
  const kinds = new Map<string, Gap>();
  for (const gap of gaps) {
    const kind = [gap.operation, gap.reason, gap.permission ?? '', gap.deniedBy ?? ''].join('\n');
    const known = kinds.get(kind);
    if (known === undefined) {
      kinds.set(kind, gap);
    } else if (known.resource !== gap.resource) {
      const { resource: _, ...whole } = known;
      kinds.set(kind, whole);
    }
  }
  return [...kinds.values()];
};

/**
 * Everything behind one observation: makes the calls and keeps their gaps, provenance and earliest time, so that
 * no collector can forget a failed call. The observation is `missing` when no call was answered at all.
 */
export class Reading {
  readonly #context: CollectContext;
  readonly #gaps: Gap[] = [];
  readonly #provenance = new Map<string, Provenance>();
  #asOf: string | null = null;
  #answered = false;

  constructor(context: CollectContext) {
    this.#context = context;
  }

  async one<Input extends object, Output extends object>(
    command: AwsCommandConstructor<Input, Output>,
    input: Input,
    options?: ReadOptions,
  ): Promise<Answer<Output>> {
    const answer = await this.#context.reader.read(command, input, options);
    if (answer.kind === 'gap') {
      this.#gaps.push(answer.gap);
    } else {
      this.#answer(answer.asOf, [answer.provenance]);
    }
    return answer;
  }

  async all<Input extends object, Output extends object, Item>(
    command: AwsCommandConstructor<Input, Output>,
    input: Input,
    items: (output: Output) => readonly Item[] | undefined,
    options?: ReadOptions,
  ): Promise<Pages<Item>> {
    const pages = await this.#context.reader.readAll(command, input, items, options);
    this.#gaps.push(...pages.gaps);
    if (pages.gaps.length === 0 || pages.items.length > 0) {
      this.#answer(pages.asOf, pages.provenance);
    }
    return pages;
  }

  /** Takes over the time of a fact that this one rests on, and those of its gaps that weaken this one. */
  restsOn(asOf: string | null, gaps: readonly Gap[] = []): void {
    this.#gaps.push(...gaps);
    this.#earliest(asOf);
  }

  gap(reason: Gap['reason'], detail: string, resource?: string): void {
    this.#gaps.push(this.#context.gap(reason, detail, resource));
  }

  /** The fields when all of them are there; else null and a `malformed` gap that names those that are not. */
  required<Fields extends object>(fields: Fields, resource: string): (Fields & Present<Fields>) | null {
    if (isPresent(fields)) {
      return fields;
    }
    const absent = Object.entries(fields)
      .filter(([, value]) => value === undefined || value === null)
      .map(([name]) => name);
    this.gap('malformed', `the answer lacks ${absent.join(', ')}`, resource);
    return null;
  }

  /** The decoded document; when that fails, the raw text and a `malformed` gap. */
  policy(raw: string | undefined, resource: string): string {
    const { text, problem } = decodePolicy(raw);
    if (problem !== null) {
      this.gap('malformed', problem, resource);
    }
    return text;
  }

  finish<Value>(value: Value): Observation<Value> {
    const gaps = sortedBy(this.#gaps, gapOrder);
    if (!this.#answered && isNonEmpty(gaps)) {
      return this.missing();
    }
    if (this.#asOf === null) {
      throw new Error('an observation needs an answer, or a fact that it rests on');
    }
    return observed(
      value,
      gaps,
      this.#asOf,
      sortedBy(this.#provenance.values(), (provenance) => provenance.operation),
    );
  }

  /** For the value that cannot be built although calls were answered. Needs a gap. */
  missing(): Observation<never> {
    const [first, ...rest] = folded(sortedBy(this.#gaps, gapOrder));
    if (first === undefined) {
      throw new Error('a missing observation needs a gap that says why');
    }
    return missing(first, ...rest);
  }

  #answer(asOf: string, provenance: readonly Provenance[]): void {
    this.#answered = true;
    this.#earliest(asOf);
    for (const { operation, requestId, calls } of provenance) {
      const known = this.#provenance.get(operation)?.calls ?? 0;
      this.#provenance.set(operation, { operation, requestId, calls: known + calls });
    }
  }

  /** The whole is only as fresh as its oldest part. */
  #earliest(asOf: string | null): void {
    if (asOf !== null && (this.#asOf === null || asOf < this.#asOf)) {
      this.#asOf = asOf;
    }
  }
}
