const isoDuration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Hours of an ISO-8601 duration without years and months (`PT12H`, `PT1H30M`); null when it cannot be read. */
export function hoursOfDuration(text: string): number | null {
  const match = isoDuration.exec(text);
  if (match === null || !/\d/.test(text)) {
    return null;
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return days * 24 + hours + minutes / 60 + seconds / 3600;
}
