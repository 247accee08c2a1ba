/** What the files of the table of all findings share. */
const findingsTable = {
  /** What a finding says, in the order of the file for a spreadsheet. */
  texts: [
    'fingerprint',
    'severity',
    'decision',
    'attribution',
    'check',
    'title',
    'message',
    'arn',
    'uniqueId',
    'type',
    'name',
    'account',
    'region',
    'history',
    'survival',
    'signals',
    'eventTime',
    'eventName',
    'actor',
    'accessKey',
    'sourceIp',
    'eventId',
    'evidenceKey',
    'evidencePointer',
    'evidenceAsOf',
    'planSteps',
    'acceptedUntil',
    'acceptedBy',
    'acceptedWhy',
  ],
};

/**
 * Reads the columns in which the page carries all findings. Nothing is unpacked before it is asked for. The other side
 * is `src/report/columnar`.
 */
findingsTable.columns = (() => {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const valueOfDigit = new Uint8Array(128);
  for (let value = 0; value < 64; value += 1) {
    valueOfDigit[digits.charCodeAt(value)] = value;
  }

  const integers = (packed) => {
    const values = [];
    let value = 0;
    let factor = 1;
    for (let index = 0; index < packed.length; index += 1) {
      const digit = valueOfDigit[packed.charCodeAt(index)];
      value += (digit & 31) * factor;
      factor *= 32;
      if (digit < 32) {
        values.push(value);
        value = 0;
        factor = 1;
      }
    }
    return values;
  };

  const signed = (value) => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

  const rowsOf = ({ coding, packed }, count) => {
    const rows = new Uint32Array(count);
    const values = integers(packed);
    let last = 0;
    if (coding === 'steps') {
      for (let row = 0; row < count; row += 1) {
        last += signed(values[row]);
        rows[row] = last;
      }
      return rows;
    }
    let row = 0;
    for (let index = 0; index < values.length; index += 2) {
      const step = signed(values[index]);
      for (let left = values[index + 1]; left > 0; left -= 1) {
        last += step;
        rows[row] = last;
        row += 1;
      }
    }
    return rows;
  };

  const sortedTexts = ({ shared, rest }) => {
    const lengths = integers(shared);
    let last = '';
    return rest.map((end, index) => {
      last = last.slice(0, lengths[index]) + end;
      return last;
    });
  };

  const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

  const hexadecimalTexts = ({ bytes, width, dashes }) => {
    const binary = atob(bytes);
    const cuts = [0, ...dashes.map((place, index) => place - index), width];
    const texts = [];
    for (let start = 0; start < binary.length; start += width / 2) {
      let plain = '';
      for (let index = start; index < start + width / 2; index += 1) {
        plain += pairs[binary.charCodeAt(index)];
      }
      texts.push(
        dashes.length === 0
          ? plain
          : cuts
              .slice(1)
              .map((end, index) => plain.slice(cuts[index], end))
              .join('-'),
      );
    }
    return texts;
  };

  /** The first is no text: a row of 0 has none. */
  const textsOf = (dictionary) => {
    if (dictionary.coding === 'listed') {
      return [null, ...dictionary.texts];
    }
    return [
      null,
      ...(dictionary.coding === 'sorted' ? sortedTexts(dictionary) : hexadecimalTexts(dictionary)),
    ];
  };

  return (data) => {
    const columns = new Map();
    const column = (name) => {
      const known = columns.get(name);
      if (known !== undefined) {
        return known;
      }
      const { dictionary, rows } = data.texts[name];
      const made = { texts: textsOf(dictionary), rows: rowsOf(rows, data.count) };
      columns.set(name, made);
      return made;
    };
    const text = (name, row) => {
      const { texts, rows } = column(name);
      return texts[rows[row]];
    };
    const numbers = new Map();
    const number = (name, row) => {
      if (!numbers.has(name)) {
        numbers.set(name, rowsOf(data.numbers[name], data.count));
      }
      return numbers.get(name)[row];
    };

    /** A text cut at its marks, which stand at every second place. */
    const cutAtMarks = (marked) => {
      const cut = [];
      let start = 0;
      for (let index = 0; index < marked.length; index += 1) {
        if (marked.charCodeAt(index) <= 4) {
          cut.push(marked.slice(start, index), marked.charCodeAt(index));
          start = index + 1;
        }
      }
      cut.push(marked.slice(start));
      return cut;
    };
    const named = [null, 'arn', 'name', 'account'];
    const fill = (cut, row, words) => {
      let whole = cut[0];
      for (let index = 1; index < cut.length; index += 2) {
        const mark = cut[index];
        whole += mark === 4 ? fill(cutAtMarks(words.shift()), row, words) : text(named[mark], row);
        whole += cut[index + 1];
      }
      return whole;
    };
    const patterns = [];
    const message = (row) => {
      const { texts, rows } = column('pattern');
      const index = rows[row];
      patterns[index] ??= cutAtMarks(texts[index]);
      return fill(patterns[index], row, text('words', row)?.split('\u0004'));
    };
    return { data, count: data.count, column, text, number, message };
  };
})();
