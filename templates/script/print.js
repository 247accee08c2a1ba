// The summary can be printed alone.
for (const button of document.querySelectorAll('[data-print-summary]')) {
  button.hidden = document.getElementById('summary') === null;
  button.addEventListener('click', () => {
    document.body.dataset.print = 'summary';
    print();
  });
}
addEventListener('afterprint', () => {
  delete document.body.dataset.print;
});
