/**
 * Events that the lineage, the impact and the settings are told from, as `source:name` (name without its version
 * suffix). Everything else is only counted (src/model/activity.ts). A test holds this table against the rules in
 * src/derive/lineage that read these events: none is missing on either side.
 */
export const lineageEvents: Readonly<Record<string, readonly string[]>> = {};

const index = new Map(
  Object.entries(lineageEvents).map(([source, names]) => [source, new Set(names)] as const),
);

export function isLineageEvent(source: string, name: string): boolean {
  return index.get(source)?.has(name) ?? false;
}
