interface Address {
  readonly bits: number;
  readonly value: bigint;
}

const groupsToValue = (groups: readonly string[], radix: 10 | 16, size: bigint): bigint | null => {
  const limit = 1n << size;
  let value = 0n;
  for (const group of groups) {
    const isNumber = radix === 10 ? /^\d{1,3}$/.test(group) : /^[0-9a-f]{1,4}$/i.test(group);
    const number = isNumber ? BigInt(Number.parseInt(group, radix)) : limit;
    if (number >= limit) {
      return null;
    }
    value = (value << size) | number;
  }
  return value;
};

const parseVersion4 = (text: string): Address | null => {
  const groups = text.split('.');
  const value = groups.length === 4 ? groupsToValue(groups, 10, 8n) : null;
  return value === null ? null : { bits: 32, value };
};

const groupsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));

const parseVersion6 = (text: string): Address | null => {
  const halves = text.split('::');
  const head = groupsOf(halves[0] ?? '');
  const tail = groupsOf(halves[1] ?? '');
  const missing = 8 - head.length - tail.length;
  const hasGap = halves.length === 2;
  if (halves.length > 2 || (hasGap ? missing < 1 : missing !== 0)) {
    return null;
  }
  const groups = [...head, ...Array.from({ length: hasGap ? missing : 0 }, () => '0'), ...tail];
  const value = groupsToValue(groups, 16, 16n);
  return value === null ? null : { bits: 128, value };
};

const parseAddress = (text: string): Address | null =>
  text.includes(':') ? parseVersion6(text) : parseVersion4(text);

/** Null when either text is no address. An IPv4 address is never inside an IPv6 network and the other way round. */
export const networkContains = (network: string, address: string): boolean | null => {
  const [base = '', length] = network.split('/');
  const from = parseAddress(base);
  const candidate = parseAddress(address);
  if (from === null || candidate === null || (length !== undefined && !/^\d{1,3}$/.test(length))) {
    return null;
  }
  const prefix = length === undefined ? from.bits : Number(length);
  if (prefix > from.bits) {
    return null;
  }
  const shift = BigInt(from.bits - prefix);
  return from.bits === candidate.bits && from.value >> shift === candidate.value >> shift;
};
