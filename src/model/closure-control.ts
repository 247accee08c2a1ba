/** Controls of attestations.yaml that answer what no call can, when an incident is closed: no check bears these names. */
export const closureControls = {
  secretsRotated: 'closure/secrets-rotated',
  otherPlaces: 'closure/other-places',
} as const;

export function isClosureControl(control: string): boolean {
  return Object.values(closureControls).some((one) => one === control);
}
