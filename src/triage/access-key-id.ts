/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const keyTypes = {
  AKIA: 'long-term',
  ASIA: 'temporary',
  ABIA: 'bearer-token',
  ACCA: 'context-specific',
} as const;

export type KeyType = (typeof keyTypes)[keyof typeof keyTypes];

const otherIds: Readonly<Record<string, string>> = {
  AGPA: 'the id of a group',
  AIDA: 'the id of an IAM user',
  AIPA: 'the id of an instance profile',
  ANPA: 'the id of a managed policy',
  ANVA: 'the id of a version of a managed policy',
  APKA: 'the id of a public key',
  AROA: 'the id of a role',
  ASCA: 'the id of a certificate',
};

export interface AccessKeyId {
  readonly id: string;
  readonly type: KeyType;
  /** Account that the digits name; null: ids made before 29 March 2019 do not carry it. */
  readonly accountId: string | null;
}

export type ParsedAccessKeyId =
  | { readonly ok: true; readonly key: AccessKeyId }
  | { readonly ok: false; readonly problem: string };

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const digitBits = 5n;

/** The first 48 bits after the prefix. */
function leadingBits(text: string): bigint | null {
  const digits = [...text.slice(0, 10)].map((digit) => alphabet.indexOf(digit));
  if (digits.length < 10 || digits.includes(-1)) {
    return null;
  }
  return digits.reduce((number, digit) => (number << digitBits) | BigInt(digit), 0n) >> 2n;
}

/**
 * The account in the digits of a key id: 48 bits of base32 after the prefix, of which the first marks the encoding and
 * the next forty are the account's number. Ids of the old kind lack the mark.
 */
export function accountOfKeyId(id: string): string | null {
  const bits = leadingBits(id.slice(4));
  if (bits === null || bits >> 47n === 0n) {
    return null;
  }
  const account = (bits & 0x7f_ff_ff_ff_ff_80n) >> 7n;
  return account < 1_000_000_000_000n ? account.toString().padStart(12, '0') : null;
}

function keyTypeOf(prefix: string): KeyType | null {
  switch (prefix) {
    case 'AKIA':
    case 'ASIA':
    case 'ABIA':
    case 'ACCA':
      return keyTypes[prefix];
    default:
      return null;
  }
}

/** Looks at the id alone: no call is made. */
export function parseAccessKeyId(text: string): ParsedAccessKeyId {
  const id = text.trim();
  const prefix = id.slice(0, 4).toUpperCase();
  const type = keyTypeOf(prefix);
  if (type === null) {
    const other = otherIds[prefix];
    const problem =
      other === undefined
        ? 'an access key id begins with AKIA or ASIA'
        : `${prefix}… is ${other}, not an access key id`;
    return { ok: false, problem };
  }
  if (!/^[A-Z0-9]{16,128}$/.test(id)) {
    return { ok: false, problem: 'an access key id has 16 to 128 capital letters and digits, mostly 20' };
  }
  return { ok: true, key: { id, type, accountId: accountOfKeyId(id) } };
}
