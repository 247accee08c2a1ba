import fc from 'fast-check';
import type { ScanFilter } from '../../../src/events/scan-batch.ts';

/** Stands where JSON takes white space, until it is known which. */
const gap = '\ue000';

function mostly<T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight = 30): fc.Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

const quoted = (text: string): string => `"${text}"`;

/** Texts that differ in one place, of every length that is compared in another way. */
const nearText = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.nat(40), fc.constantFrom('x', 'y'))
  .map(([length, at, other]) =>
    quoted(`${'x'.repeat(at % length)}${other}${'x'.repeat(length - 1 - (at % length))}`),
  );
const usualLetters = ['a', 'Z', '0', ' ', 'é', '日', '😀', '\u007f', '{', '}', '[', ']', ',', ':'];
const usualEscapes = ['\\"', '\\\\', '\\b', '\\f', '\\n', '\\r', '\\t'];
const oddEscapes = ['\\/', '\\u0041', '\\u00E9', '\\ud83d\\ude00', '\\ud800', '\\u0000'];
const lettersOf = (...from: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...from), { maxLength: 20 }).map((letters) => quoted(letters.join('')));
const text = mostly(
  fc.oneof(nearText, lettersOf(...usualLetters, ...usualEscapes)),
  lettersOf(...usualLetters, ...usualEscapes, ...oddEscapes),
  150,
);
const number = mostly(
  fc.constantFrom(
    '0',
    '12',
    '12.0',
    '0.0',
    '-0',
    '-12',
    '7.000',
    '123456789012345.0',
    '98765432109876543210',
  ),
  fc.constantFrom('-0.0', '-12.0', '1e5', '1E+5', '1.50', '1.05', '1.0e0', '1234567890123456.0'),
  40,
);
const literal = fc.constantFrom('true', 'false', 'null');
const brokenNumbers = ['01', '00.0', '-', '1.', '.5', '+1', '1e', '12a', '1.0.0'];
const brokenTexts = ['"\\u12"', '"\\x"', '"\u0001"', '"\n"', '"', 'a'];
const broken = fc.constantFrom('tru', 'True', 'nulls', 'falsey', '', ...brokenNumbers, ...brokenTexts);

type Member = readonly [name: string, value: string];

function listText(values: readonly string[]): string {
  return `[${gap}${values.join(`${gap},${gap}`)}${gap}]`;
}

function objectText(members: readonly Member[]): string {
  const texts = members.map(([name, value]) => `"${name}"${gap}:${gap}${value}`);
  return `{${gap}${texts.join(`${gap},${gap}`)}${gap}}`;
}

const deep = fc
  .tuple(
    fc.constantFrom(190, 198, 199, 200, 201, 202, 260),
    fc.boolean(),
    fc.constantFrom('', '1', '"]"', ']'),
  )
  .map(([depth, lists, inside]) => {
    const [open, close] = lists ? ['[', ']'] : ['{"a":', '}'];
    return `${open.repeat(depth)}${lists ? inside : inside || 'null'}${close.repeat(depth)}`;
  });

const { value: plainValue } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 4, arbitrary: text },
    { weight: 2, arbitrary: number },
    { weight: 2, arbitrary: literal },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }).map(listText) },
    {
      weight: 3,
      arbitrary: fc
        .array(fc.tuple(fc.constantFrom('a', 'name', 'é', 'a\\"b', 'arn', 'ConsoleLogin'), tie('value')), {
          maxLength: 4,
        })
        .map(objectText),
    },
  ),
}));
const value = mostly(mostly(plainValue, deep, 200), broken, 600);

/** Members in their usual or any other order; most of them are there. */
function membersOf(
  values: Readonly<Record<string, fc.Arbitrary<string>>>,
  absent: number,
): fc.Arbitrary<readonly Member[]> {
  const members = Object.entries(values).map(([name, one]) => one.map((value): Member => [name, value]));
  const minLength = Math.max(0, members.length - absent);
  return fc
    .oneof(fc.subarray(members, { minLength }), fc.shuffledSubarray(members, { minLength }))
    .chain((chosen) => fc.tuple(...chosen));
}

const attributes = membersOf(
  {
    creationDate: fc.constantFrom('"2023-07-10T11:00:00Z"', '"2023-07-10T12:00:00Z"', '1'),
    mfaAuthenticated: text,
  },
  1,
).map(objectText);
const sessionContext = membersOf({ sessionIssuer: value, attributes: mostly(attributes, value, 25) }, 1).map(
  objectText,
);
const identity = membersOf(
  {
    type: fc.constantFrom('"IAMUser"', '"AssumedRole"', '"Root"', '""', 'null'),
    principalId: text,
    arn: mostly(
      fc.constantFrom('"arn:aws:iam::111122223333:user/a"', '"arn:aws:iam::111122223333:user/b"'),
      value,
    ),
    accessKeyId: mostly(fc.constantFrom('"AKIAIOSFODNN7EXAMPLE"', '"ASIAIOSFODNN7EXAMPLE"'), value),
    sessionContext: mostly(sessionContext, value, 25),
    invokedBy: mostly(fc.constantFrom('"s3.amazonaws.com"', '""'), value),
  },
  3,
).map(objectText);

const usualTimes = [
  '2023-07-10T11:54:39Z',
  '2023-07-10T11:54:40Z',
  '2024-02-29T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
];
const oddTimes = [
  '2023-02-29T00:00:00Z',
  '2024-02-30T00:00:00Z',
  '2023-13-01T00:00:00Z',
  '2023-00-10T00:00:00Z',
  '2023-07-10T24:00:00Z',
  '2023-07-10T11:54:60Z',
  '2023-07-10T11:54:39.5Z',
  '2023-07-10T11:54:39+02:00',
  '2023-07-10 11:54:39Z',
  '2023-07-10T11:54:39z',
  '2023-07-10T11:5:039Z',
  '2023-07-10T11:54:3\\u0039Z',
  'July 10, 2023',
  '',
];
const time = mostly(
  fc.constantFrom(...usualTimes.map(quoted)),
  fc.oneof(fc.constantFrom(...oddTimes.map(quoted)), value),
  20,
);

const answer = (login: string): string => objectText([['ConsoleLogin', login]]);

const recordValues = {
  eventVersion: fc.constant('"1.08"'),
  userIdentity: mostly(identity, value, 25),
  eventTime: time,
  eventSource: mostly(fc.constantFrom('"iam.amazonaws.com"', '"s3.amazonaws.com"'), value, 40),
  eventName: mostly(fc.constantFrom('"CreateUser"', '"CreateUser20150331"', '"GetObject"'), value, 40),
  awsRegion: mostly(fc.constantFrom('"us-east-1"', '"eu-west-1"'), value),
  sourceIPAddress: mostly(fc.constantFrom('"192.0.2.1"', '"198.51.100.7"'), value, 25),
  userAgent: mostly(text, value, 25),
  errorCode: fc.oneof(fc.constantFrom('"AccessDenied"', '""', 'null'), value),
  errorMessage: fc.oneof(fc.constantFrom('"Failed"', '""', 'null'), value),
  requestParameters: value,
  responseElements: fc.oneof(
    fc.constantFrom('null', answer('"Failure"'), answer('"Success"')),
    mostly(value, fc.constantFrom(answer('["Failure"]'), answer('"Failur\\u0065"')), 20),
  ),
  additionalEventData: value,
  eventID: mostly(
    fc.constantFrom(
      '"a"',
      '"11111111-2222-3333-4444-555555555555"',
      '"11111111-2222-3333-4444-555555555556"',
    ),
    value,
    25,
  ),
  readOnly: literal,
  resources: fc.oneof(fc.constant('[]'), value),
  eventType: fc.constantFrom('"AwsApiCall"', '"AwsConsoleSignIn"'),
  recipientAccountId: mostly(fc.constantFrom('"111122223333"', '"444455556666"'), value, 25),
  sharedEventID: text,
  serviceEventDetails: value,
};
const rareValues = {
  '@timestamp': time,
  digestStartTime: time,
  configurationItems: value,
  Events: value,
  Records: value,
  é: value,
  'event\\u0049D': value,
};

const values: Readonly<Record<string, fc.Arbitrary<string>>> = { ...recordValues, ...rareValues };
const usualNames = Object.keys(recordValues);
const anyName = fc.constantFrom(...Object.keys(values));
/** Which members a record has, and which of the values that this log has for each. */
interface RecordShape {
  readonly names: readonly string[];
  readonly picks: readonly number[];
}
const recordShape: fc.Arbitrary<RecordShape> = fc.record({
  names: fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(usualNames) },
        { weight: 2, arbitrary: fc.subarray(usualNames, { minLength: usualNames.length - 2 }) },
        { weight: 2, arbitrary: fc.shuffledSubarray(usualNames, { minLength: usualNames.length - 2 }) },
      ),
      mostly(fc.constant<readonly string[]>([]), fc.array(anyName, { minLength: 1, maxLength: 2 }), 15),
    )
    .map(([names, more]) => [...names, ...more]),
  picks: fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }),
});
const pools = fc.record(
  Object.fromEntries(
    Object.entries(values).map(([name, one]) => [name, fc.array(one, { minLength: 1, maxLength: 3 })]),
  ),
);

const records = fc
  .tuple(
    pools,
    fc.array(mostly<RecordShape | string>(recordShape, value, 40), { maxLength: 20, size: 'max' }),
  )
  .map(([pool, shapes]) =>
    shapes.map((shape) => {
      if (typeof shape === 'string') {
        return shape;
      }
      const { names, picks } = shape;
      return objectText(
        names.map((name, index) => {
          const from = pool[name] ?? [];
          return [name, from[(picks[index % picks.length] ?? 0) % from.length] ?? 'null'];
        }),
      );
    }),
  );

const packings: readonly ((texts: readonly string[]) => string)[] = [
  (texts) => `{${gap}"Records"${gap}:${gap}${listText(texts)}${gap}}`,
  (texts) => `{"Records":${gap}${listText(texts)}}`,
  (texts) => `{"other":${gap}1,"Records":${gap}${listText(texts)},"more":${gap}{"eventSource":"x"}}`,
  (texts) => `{"Records":${gap}${listText(texts)},"Records":${gap}${listText(texts)}}`,
  (texts) => `${gap}${listText(texts)}${gap}`,
  (texts) => `${listText(texts)}\n${listText(texts)}`,
  (texts) => `{"Records":${gap}[${texts.map((one) => `${one},`).join('')}]}`,
  (texts) => `\ufeff${listText(texts)}`,
  (texts) => texts.join('\n'),
  (texts) => `{"Records":${gap}[${texts.join('\n')}]}`,
];

const spaces = fc.array(mostly(fc.constant(''), fc.constantFrom(' ', '\n', '\t', '\r\n      '), 12), {
  minLength: 1,
  maxLength: 30,
});

const wholeText = fc
  .tuple(
    records,
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(packings[0]) },
      { weight: 2, arbitrary: fc.constantFrom(...packings) },
    ),
    mostly<readonly string[]>(fc.constant(['']), spaces, 2),
  )
  .map(([texts, pack, between]) => {
    let at = 0;
    const next = (): string => {
      at += 1;
      return between[at % between.length] ?? '';
    };
    return Buffer.from((pack?.(texts) ?? '').replaceAll(gap, next));
  });

type Spoil = (bytes: Buffer) => Buffer;
const spoils: fc.Arbitrary<Spoil> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Spoil>((bytes) => bytes) },
  {
    weight: 2,
    arbitrary: fc.nat(0xffff).map(
      (cut): Spoil =>
        (bytes) =>
          bytes.subarray(0, cut % (bytes.length + 1)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(' ', '}', ']', ',', '\u0000', '{"eventName":"x"', '\n{"eventSource":"x"}', '[1')
      .map(
        (more): Spoil =>
          (bytes) =>
            Buffer.concat([bytes, Buffer.from(more)]),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(0xffff), fc.nat(0xff)).map(
      ([at, byte]): Spoil =>
        (bytes) => {
          const spoiled = Buffer.from(bytes);
          spoiled[at % Math.max(1, bytes.length)] = byte;
          return spoiled;
        },
    ),
  },
);

/** A log as CloudTrail writes it, as others write it, and as nobody should. */
export const randomLog: fc.Arbitrary<Buffer> = fc
  .tuple(wholeText, spoils)
  .map(([bytes, spoil]) => spoil(bytes));

const bounds = fc.constantFrom(
  null,
  Date.UTC(2023, 6, 10, 11, 54, 39),
  Date.UTC(2023, 6, 10, 11, 54, 40),
  Date.UTC(2024, 1, 29),
);
export const randomFilter: fc.Arbitrary<ScanFilter> = fc.record({
  from: bounds,
  to: bounds,
  accountIds: fc.constantFrom(null, null, ['111122223333'], []),
  wholeEvents: fc.constantFrom(null, null, ['iam.amazonaws.com:CreateUser'], []),
});
