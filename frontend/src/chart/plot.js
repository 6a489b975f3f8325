/*
 * Interactive lines and bars: reading values off, picking series, zooming into a stretch of time. Tips are drawn on the
 * canvas, for an HTML tip would need inline styles.
 *
 * Answer of `data-chart-url`: {"kind": "line" | "bar", "axis": [labels], "unit": "", "decimals": 0,
 * "series": [{"label": "", "values": [number | null], "key": false}]}.
 */
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, DataZoomComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { number } from '../map/words.js';

use([AriaComponent, BarChart, CanvasRenderer, DataZoomComponent, GridComponent, LegendComponent, LineChart, TooltipComponent]);

const COLOURS = ['nila', 'laut', 'lontar', 'garis-kuat', 'ramp-3'];
const MANY = 24;

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function options(data) {
  const text = { color: token('tinta'), fontFamily: token('sans'), fontSize: 14 };
  const write = (value) => (value === null || value === undefined ? '–' : `${number(value, data.decimals)} ${data.unit}`.trim());
  return {
    animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    aria: { enabled: true },
    textStyle: text,
    color: COLOURS.map(token),
    grid: { left: 8, right: 16, top: data.series.length > 1 ? 44 : 16, bottom: data.axis.length > MANY ? 56 : 8, containLabel: true },
    legend: { show: data.series.length > 1, left: 0, top: 0, textStyle: text },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: token('kertas'),
      borderColor: token('garis-kuat'),
      textStyle: text,
      valueFormatter: write,
    },
    dataZoom: data.axis.length > MANY ? [{ type: 'slider', bottom: 8, height: 24 }, { type: 'inside', zoomOnMouseWheel: 'ctrl' }] : [],
    xAxis: { type: 'category', data: data.axis, axisLabel: text, axisLine: { lineStyle: { color: token('garis-kuat') } }, axisTick: { show: false } },
    yAxis: { type: 'value', min: data.kind === 'bar' ? 0 : undefined, axisLabel: { ...text, formatter: (v) => number(v) }, splitLine: { lineStyle: { color: token('garis') } } },
    series: data.series.map((series) => ({
      type: data.kind,
      name: series.label,
      data: series.values,
      showSymbol: data.axis.length <= MANY,
      symbolSize: 7,
      barMaxWidth: 28,
      lineStyle: { width: series.key ? 3 : 2 },
      ...(series.key ? { color: token('mengkudu') } : {}),
    })),
  };
}

export function draw(figure, data) {
  const drawing = figure.querySelector('svg');
  const place = document.createElement('div');
  place.className = 'l-chart-live';
  drawing.before(place);
  drawing.hidden = true;
  drawing.classList.add('d-none');
  const chart = init(place, null, { renderer: 'canvas' });
  const show = () => chart.setOption(options(data), true);
  show();
  new ResizeObserver(() => chart.resize()).observe(place);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
}
