/* Says in words what a slider between two criteria says, while it moves. Without script the page says it after saving. */

const said = (input) => {
  const value = Number(input.value);
  const output = document.getElementById(input.getAttribute('aria-describedby'));
  const name = document.getElementById(`${input.name}-${value < 0 ? 'kiri' : 'kanan'}`).textContent;
  const words = value === 0 ? output.dataset.same : `${name} ${Math.abs(value) + 1} ${output.dataset.more}`;
  output.textContent = words;
  input.setAttribute('aria-valuetext', words);
};

export const startSliders = () => {
  for (const input of document.querySelectorAll('input[data-saaty]')) {
    said(input);
    input.addEventListener('input', () => said(input));
  }
};
