/** How numbers look on the page: one locale, units always, a narrow no-break space before them. */

/** Thin space that does not break a number from its unit. */
const GAP = '\u202f';
const LOCALE = 'en-US';

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const formats = new Map<string, Intl.NumberFormat>();

function fixed(digits: number): Intl.NumberFormat {
  return cached(`f${digits}`, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function precise(digits: number): Intl.NumberFormat {
  return cached(`p${digits}`, { maximumSignificantDigits: digits });
}

function compact(digits: number): Intl.NumberFormat {
  return cached(`c${digits}`, { notation: 'compact', maximumSignificantDigits: digits });
}

function cached(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(LOCALE, options);
    formats.set(key, format);
  }
  return format;
}

/** 53,940 */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? whole.format(value) : '–';
}

/** "1 row", "53,940 rows" */
export function formatPlural(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : plural}`;
}

/**
 * A bit by its place from the top: "bit 1 of 11 (top)", "bit 2 of 11 from the top", "bit 11 of 11 (lowest)".
 *
 * @param place of the bit in its number, from 1 for the most significant
 * @param width bits of the number
 * @param isListed whether it stands in a list of them all, whose order says where the top is: "bit 2 of 11"
 */
export function formatBit(place: number, width: number, isListed = false): string {
  const words = `bit ${formatCount(place)} of ${formatCount(width)}`;
  if (width === 1) return words;
  if (place === 1) return `${words} (top)`;
  if (place === width) return `${words} (lowest)`;
  return isListed ? words : `${words} from the top`;
}

/** 1.19 MB: decimal units, three significant digits; below 1 kB whole bytes. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = Math.abs(bytes);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const sign = bytes < 0 ? '−' : '';
  return `${sign}${fixed(digits).format(value)}${GAP}${units[unit]}`;
}

/** 0.241 → "24.1 %". Name the denominator beside it. */
export function formatPercent(share: number, digits = 1): string {
  if (!Number.isFinite(share)) return '–';
  if (share > 0 && share * 100 < 0.5 * 10 ** -digits)
    return `<${GAP}${fixed(digits).format(10 ** -digits)}${GAP}%`;
  return `${fixed(digits).format(share * 100)}${GAP}%`;
}

/** 1.0834 → "× 1.08" */
export function formatFactor(factor: number, digits = 2): string {
  return Number.isFinite(factor) ? `×${GAP}${fixed(digits).format(factor)}` : '–';
}

/** Ratios above this say no more than that they are large. */
const LARGEST_RATIO = 1_000;

/**
 * An error ÷ that of full training: "× 1.04", "× 12.3", "× 460", "> 1,000".
 *
 * @param ratio Infinity where full training's error vanishes: "full is exact"
 * @param digits after the point, below 10
 */
export function formatRatio(ratio: number, digits = 2): string {
  if (ratio === Infinity) return 'full is exact';
  if (ratio > LARGEST_RATIO) return `>${GAP}${formatCount(LARGEST_RATIO)}`;
  return formatFactor(ratio, ratio >= 99.95 ? 0 : ratio >= 9.995 ? 1 : digits);
}

/** A measured value at a few significant digits: 0.5437, 1,290,000. */
export function formatValue(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return '–';
  if (value !== 0 && (Math.abs(value) >= 1e9 || Math.abs(value) < 1e-4)) {
    return value
      .toExponential(Math.max(0, digits - 1))
      .replace('e+', 'e')
      .replace('-', '−');
  }
  return precise(digits).format(value).replace('-', '−');
}

/** From here on large values are written in millions, billions and trillions, up to a thousand of the last. */
const COMPACT = 1e6;
const MOST_COMPACT = 1e15;

/** A measured value that takes little room however large it is: 0.5437, 71,400, 332.6M. */
export function formatCompact(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (!(size >= COMPACT && size < MOST_COMPACT)) return formatValue(value, digits);
  return compact(digits).format(value).replace('-', '−');
}

/** A count where there is little room: 53,940, 1.23M. */
export function formatLarge(count: number): string {
  return count >= COMPACT ? formatCompact(count, 3) : formatCount(count);
}

/** 0.0000042 → "4.2 µs", 0.42 → "420 ms", 75 → "1 min 15 s" */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds >= 59.5) {
    const total = Math.round(seconds);
    const hours = Math.floor(total / 3600);
    const minutes = Math.floor((total % 3600) / 60);
    if (hours > 0) return `${hours}${GAP}h ${minutes}${GAP}min`;
    return `${minutes}${GAP}min ${total % 60}${GAP}s`;
  }
  if (seconds >= 9.95) return `${fixed(0).format(seconds)}${GAP}s`;
  if (seconds >= 0.9995) return `${fixed(1).format(seconds)}${GAP}s`;
  if (seconds >= 0.00095) return `${precise(2).format(seconds * 1e3)}${GAP}ms`;
  if (seconds <= 0) return `0${GAP}s`;
  return `${precise(2).format(seconds * 1e6)}${GAP}µs`;
}

/** A measured time; 0 means less than the browser's clock can tell. */
export function formatMeasured(seconds: number): string {
  return seconds === 0 ? `<${GAP}0.1${GAP}ms` : formatSeconds(seconds);
}

/** A time to come in round words: "about 15 s", "about 1 h 44 min", "about 39 days". */
export function formatRoughly(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 10) return `about ${Math.ceil(seconds)}${GAP}s`;
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5}${GAP}s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return `about ${minutes}${GAP}min`;
  const hours = Math.round(minutes / 60);
  if (hours > 48) return `about ${Math.round(hours / 24)}${GAP}days`;
  if (hours >= 10) return `about ${hours}${GAP}h`;
  return `about ${Math.floor(minutes / 60)}${GAP}h ${minutes % 60}${GAP}min`;
}

/** Time left in round words: "about 15 s left". */
export function formatTimeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  return seconds < 1 ? 'almost done' : `${formatRoughly(seconds)} left`;
}

/** "2026-11-29" → "29 Nov 2026": a day, in no time zone. */
export function formatDay(isoDate: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(isoDate));
}

/** "21 Nov 2026, 20:41" in the reader's time zone. */
export function formatDate(time: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}
