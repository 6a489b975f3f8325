/*
 * Entry of office pages with an interactive chart. `<figure data-chart data-chart-url="…">` holds the server's drawing; the
 * answer of the address replaces it with ECharts, which is fetched only here. Without script, or on an error, the
 * drawing and its table stay.
 */
async function bring(figure) {
  const [response, { draw }] = await Promise.all([fetch(figure.dataset.chartUrl), import('./chart/plot.js')]);
  if (!response.ok) throw new Error(`${response.status} ${figure.dataset.chartUrl}`);
  draw(figure, await response.json());
}

for (const figure of document.querySelectorAll('[data-chart]')) {
  bring(figure).catch((error) => console.warn(error));
}
