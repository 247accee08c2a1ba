import type { ResultCheck } from '../../../model/audit-result.ts';
import { shown } from '../../machine/shown-text.ts';
import { compareText } from '../../text/phrases.ts';

const attack = 'MITRE ATT&CK';

export interface Relationship {
  readonly target: {
    readonly id: string;
    readonly index: number;
    readonly toolComponent: { readonly name: string; readonly index: number };
  };
  readonly kinds: readonly ['relevant'];
}

export interface Taxonomy {
  readonly name: string;
  readonly organization?: string;
  readonly informationUri?: string;
  readonly isComprehensive: false;
  readonly taxa: readonly { readonly id: string }[];
}

export interface Taxonomies {
  readonly components: readonly Taxonomy[];
  readonly relationshipsOf: (check: ResultCheck) => readonly Relationship[];
}

function membershipsOf({ techniques, frameworks }: ResultCheck): readonly (readonly [string, string])[] {
  return [
    ...techniques.map((id) => [attack, shown(id)] as const),
    ...Object.entries(frameworks).flatMap(([name, ids]) =>
      ids.map((id) => [shown(name), shown(id)] as const),
    ),
  ];
}

/** The frameworks and techniques that the checks name, each as a taxonomy that rules point into. */
export function taxonomiesOf(checks: readonly ResultCheck[]): Taxonomies {
  const names = new Map<string, Set<string>>();
  for (const [name, id] of checks.flatMap(membershipsOf)) {
    names.set(name, (names.get(name) ?? new Set()).add(id));
  }
  const ordered = [...names]
    .sort(([left], [right]) => compareText(left, right))
    .map(([name, ids]) => ({ name, ids: [...ids].sort(compareText) }));
  const places = new Map<string, { readonly component: number; readonly index: number }>(
    ordered.flatMap(({ name, ids }, component) =>
      ids.map((id, index) => [`${name}\n${id}`, { component, index }] as const),
    ),
  );
  const components = ordered.map(({ name, ids }) => ({
    name,
    ...(name === attack ? { organization: 'MITRE', informationUri: 'https://attack.mitre.org/' } : {}),
    isComprehensive: false as const,
    taxa: ids.map((id) => ({ id })),
  }));
  const relationshipsOf = (check: ResultCheck): readonly Relationship[] => {
    const unique = new Map(membershipsOf(check).map(([name, id]) => [`${name}\n${id}`, { name, id }]));
    return [...unique].flatMap(([key, { name, id }]) => {
      const place = places.get(key);
      return place === undefined
        ? []
        : [
            {
              target: { id, index: place.index, toolComponent: { name, index: place.component } },
              kinds: ['relevant'] as const,
            },
          ];
    });
  };
  return { components, relationshipsOf };
}
