/** `20150331`, `20150331v2`, `2020_05_31`: Lambda and CloudFront put the version of their API behind the name. */
const versionSuffix = /20\d{2}(_?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:v\d+)?$/;

/** `CreateFunction20150331` → `CreateFunction`. */
export function withoutVersion(recordedName: string): string {
  const name = recordedName.replace(versionSuffix, '');
  return name === '' ? recordedName : name;
}
