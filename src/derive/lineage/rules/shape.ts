import type { LineageNode } from '../../../model/lineage.ts';
import type { TrailEvent } from '../../../model/trail-event.ts';
import type { Act, LineageRule, Link, NodeSeed, Relation } from './lineage-rule.ts';
import { accountOf, nameOf, parseArn, partitionOf } from './place.ts';
import { type MemberPath, text, texts } from './read-member.ts';

/** Where the events of a service name one type of thing. */
export interface Shape {
  readonly type: string;
  readonly kind?: LineageNode['kind'];
  /** Global things are told apart by account and id alone. */
  readonly scope: 'global' | 'regional';
  /** Name, id or ARN; the first that is there. */
  readonly id: readonly MemberPath[];
  /** Lists of ids, where one call touches several things. */
  readonly ids?: { readonly path: MemberPath; readonly member?: string };
  readonly arn?: readonly MemberPath[];
  readonly label?: readonly MemberPath[];
  readonly uniqueId?: readonly MemberPath[];
  /** With `{partition} {region} {account} {id}`, for events that do not tell the ARN. */
  readonly arnTemplate?: string;
  readonly runsAs?: readonly MemberPath[];
  readonly trustPolicy?: readonly MemberPath[];
}

function filled(template: string, event: TrailEvent, id: string): string {
  const values: Readonly<Record<string, string>> = {
    partition: partitionOf(event.region),
    region: event.region,
    account: accountOf(event),
    id,
  };
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

export function shapeKey(shape: Shape, accountId: string, region: string, id: string): string {
  return [shape.type, accountId, ...(shape.scope === 'regional' ? [region] : []), id.toLowerCase()].join(' ');
}

function seedOf(event: TrailEvent, shape: Shape, named: string): NodeSeed {
  const id = nameOf(named);
  const told = (named.startsWith('arn:') ? named : null) ?? text(event, ...(shape.arn ?? []));
  const arn = told ?? (shape.arnTemplate === undefined ? null : filled(shape.arnTemplate, event, id));
  const place = arn === null ? null : parseArn(arn);
  const accountId = place?.accountId || accountOf(event);
  const region = shape.scope === 'regional' ? place?.region || event.region : null;
  const runsAs = text(event, ...(shape.runsAs ?? []));
  const trustPolicy = text(event, ...(shape.trustPolicy ?? []));
  return {
    kind: shape.kind ?? 'resource',
    type: shape.type,
    key: shapeKey(shape, accountId, region ?? '', id),
    label: text(event, ...(shape.label ?? [])) ?? id,
    arn,
    uniqueId: text(event, ...(shape.uniqueId ?? [])),
    accountId: accountId === '' ? null : accountId,
    region,
    ...(runsAs === null ? {} : { runsAs }),
    ...(trustPolicy === null ? {} : { trustPolicy }),
  };
}

/** What the event says of things of this shape: nothing where a denied call leaves its parameters out. */
export function seedsOf(event: TrailEvent, shape: Shape): readonly NodeSeed[] {
  const listed = shape.ids === undefined ? [] : texts(event, shape.ids.path, shape.ids.member);
  const single = text(event, ...shape.id);
  const named = listed.length > 0 ? listed : single === null ? [] : [single];
  return [...new Set(named)].map((id) => seedOf(event, shape, id));
}

/** Whether the ARN can be of this shape, by the kind of resource it names. */
function fits(shape: Shape, arn: string, alone: boolean): boolean {
  const kind = (value: string): string => {
    const parsed = parseArn(value);
    return `${parsed?.service} ${parsed?.resource.split(/[/:]/)[0]}`;
  };
  return shape.arnTemplate === undefined ? alone : kind(arn) === kind(shape.arnTemplate);
}

export type ActMaker = (event: TrailEvent, meant?: string) => readonly Act[];
export type LinkMaker = (event: TrailEvent) => readonly Link[];

export function act(relation: Relation, ...shapes: readonly Shape[]): ActMaker {
  return (event, meant) =>
    shapes.flatMap((shape) => {
      const seeds =
        meant === undefined
          ? seedsOf(event, shape)
          : fits(shape, meant, shapes.length === 1)
            ? [seedOf(event, shape, meant)]
            : [];
      return seeds.map((seed) => ({ relation, seed }) as const);
    });
}

/** Both ends named by the event itself. */
export function link(from: Shape, to: Shape): LinkMaker {
  return (event) =>
    seedsOf(event, from).flatMap((source) =>
      seedsOf(event, to).map((target) => ({ from: source.key, to: target.key })),
    );
}

export function rule(acts: ActMaker | readonly ActMaker[], ...links: readonly LinkMaker[]): LineageRule {
  const makers = typeof acts === 'function' ? [acts] : acts;
  return {
    acts: (event, meant) => makers.flatMap((make) => make(event, meant)),
    ...(links.length === 0 ? {} : { links: (event) => links.flatMap((make) => make(event)) }),
  };
}

/** Same meaning for several names. */
export function sameRule<Name extends string>(
  names: readonly Name[],
  meaning: LineageRule,
): Readonly<Record<string, LineageRule>> {
  return Object.fromEntries(names.map((name) => [name, meaning]));
}
