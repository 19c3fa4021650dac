/** Width of a letter of the labels of a chart (charts.css) on average, in pixels. */
export const LETTER = 7.4;
