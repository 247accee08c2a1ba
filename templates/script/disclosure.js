// Open and close all; on paper everything is open.
{
  const unfold = document.querySelector('[data-unfold]');
  unfold?.addEventListener('click', () => {
    const open = unfold.getAttribute('aria-pressed') !== 'true';
    unfold.setAttribute('aria-pressed', String(open));
    unfold.textContent = open ? 'Close all' : 'Open all';
    for (const details of document.querySelectorAll('main details:not([data-filters])')) {
      details.open = open;
    }
  });

  const openedForPrint = [];
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('main details:not([open])')) {
      details.open = true;
      openedForPrint.push(details);
    }
  });
  addEventListener('afterprint', () => {
    for (const details of openedForPrint.splice(0)) {
      details.open = false;
    }
  });
}
