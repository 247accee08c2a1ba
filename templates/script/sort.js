// Columns of tables are sorted by a button in their head: up, down, as it was.
{
  const ranks = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };
  const sortedAs = (cell) => {
    const text = cell?.textContent.trim() ?? '';
    return ranks[text.toLowerCase()] ?? (/^-?[\d,.]+$/.test(text) ? Number(text.replaceAll(',', '')) : text);
  };
  const compare = (left, right) =>
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : String(left).localeCompare(String(right), 'en', { numeric: true });

  const sortable = (table) =>
    table.tBodies.length === 1 &&
    table.tBodies[0].rows.length > 1 &&
    table.tHead?.rows.length === 1 &&
    table.dataset.order !== 'fixed' &&
    table.querySelector('[colspan], [rowspan], .sorter') === null;

  const sortBy = (table, column, direction) => {
    const [body] = table.tBodies;
    const rows = [...body.rows];
    rows.sort((left, right) => {
      const reported = Number(left.dataset.reported) - Number(right.dataset.reported);
      const found =
        direction === 0 ? 0 : compare(sortedAs(left.cells[column]), sortedAs(right.cells[column]));
      return found * direction || reported;
    });
    body.append(...rows);
  };

  const enhance = (table) => {
    if (!sortable(table)) {
      return;
    }
    for (const [index, row] of [...table.tBodies[0].rows].entries()) {
      row.dataset.reported = String(index);
    }
    const heads = [...table.tHead.rows[0].cells];
    for (const [column, head] of heads.entries()) {
      const button = make('button', { type: 'button', className: 'sorter' });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const was = head.getAttribute('aria-sort');
        for (const other of heads) {
          other.removeAttribute('aria-sort');
        }
        if (was !== 'descending') {
          head.setAttribute('aria-sort', was === null ? 'ascending' : 'descending');
        }
        sortBy(table, column, was === null ? 1 : was === 'ascending' ? -1 : 0);
      });
    }
  };

  // Tables in closed folds wait until they are opened: there can be thousands.
  for (const table of document.querySelectorAll('main table')) {
    if (table.closest('details:not([open])') === null) {
      enhance(table);
    }
  }
  document.addEventListener(
    'toggle',
    (event) => {
      if (event.target instanceof HTMLDetailsElement && event.target.open) {
        for (const table of event.target.querySelectorAll('table')) {
          enhance(table);
        }
      }
    },
    true,
  );
}
