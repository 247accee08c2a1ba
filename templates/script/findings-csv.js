/** The findings that are shown, as a file for a spreadsheet. Made in the page: nothing is asked of a network. */
findingsTable.csv = (() => {
  /** A spreadsheet would reckon with what begins like a formula; the apostrophe makes it text. */
  const cell = (text) => {
    const plain = /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
    return `"${plain.replaceAll('"', '""')}"`;
  };

  const line = (values) => `${values.map(cell).join(',')}\r\n`;

  return (findings, rows) => {
    const lines = [line(findingsTable.texts)];
    for (const row of rows) {
      lines.push(
        line(
          findingsTable.texts.map((name) =>
            name === 'message' ? findings.message(row) : (findings.text(name, row) ?? ''),
          ),
        ),
      );
    }
    return new Blob(['\uFEFF', ...lines], { type: 'text/csv;charset=utf-8' });
  };
})();
