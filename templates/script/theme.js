// Light, dark, or what the system says.
{
  const choice = document.querySelector('[data-theme-choice]');
  const wear = (theme) => {
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.dataset.theme = theme;
    } else {
      delete document.documentElement.dataset.theme;
    }
  };
  if (choice !== null) {
    choice.value = keeper.read('theme') ?? '';
    wear(choice.value);
    choice.addEventListener('change', () => {
      keeper.write('theme', choice.value);
      wear(choice.value);
    });
  }
}
