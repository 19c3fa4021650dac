/**
 * A table of any length whose columns hang together as those of real ones do: sales of homes, in the order in which they
 * were entered. Generated with sums, products and whole numbers alone, so that a seed is the same table on every engine.
 */
import { createGenerator } from '../src/core/random.ts';
import type { Column, NumberColumn, Table } from '../src/core/table/table.ts';

const DISTRICTS = 240;
const KINDS = ['house', 'flat', 'terrace', 'studio', 'bungalow', 'mansion'];
const AGENTS = 900;
/** Seconds since 1970 of the first sale. */
const FIRST_SALE = 1_262_304_000;

/** What a district's homes have in common. */
interface District {
  latitude: number;
  longitude: number;
  /** Price of a square metre. */
  level: number;
}

/** @returns columns of rooms, areas, prices, places, words and a time, about 2 % of one of them missing */
export function salesTable(rows: number, seed: number): Table {
  const generator = createGenerator(seed);
  const unit = (): number => (generator.next() >>> 0) / 2 ** 32;
  /** Nearly normal, of variance 1. */
  const normal = (): number => {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += unit();
    return sum;
  };
  /** Small numbers are far more frequent. */
  const skewed = (n: number): number => Math.floor(n * unit() * unit() * unit());
  const round = (value: number, digits: number): number => Number(value.toFixed(digits));

  const districts = Array.from({ length: DISTRICTS }, (): District => ({
    latitude: 48 + 6 * unit(),
    longitude: 7 + 7 * unit(),
    level: 1_500 + 4_500 * unit() * unit(),
  }));
  const numbers = (): Float64Array => new Float64Array(rows);
  const [latitude, longitude, rooms, people, area, perRoom] = Array.from({ length: 6 }, numbers);
  const [built, price, fee, sold] = Array.from({ length: 4 }, numbers);
  const [district, kind, agent] = Array.from({ length: 3 }, () => new Uint32Array(rows));
  const missing = new Uint8Array(rows);

  let [time, market, place] = [FIRST_SALE, 1, 0];
  for (let i = 0; i < rows; i++) {
    time += 60 * skewed(4_000);
    market += 0.0005 * normal() + 0.00002;
    // An agency enters several sales of a district at once.
    if (unit() < 0.4) place = skewed(DISTRICTS);
    const { latitude: north, longitude: east, level } = districts[place];
    const form = skewed(KINDS.length);
    const count = 1 + Math.min(11, Math.floor(Math.abs(3 - form * 0.3 + 1.6 * normal())));
    const metres = Math.max(14, Math.round(count * (19 + 3 * normal()) + 8));
    const year = 2010 - Math.floor(110 * unit() * unit());
    const worth = metres * level * market * (1 - (2010 - year) / 400) * (1 + 0.12 * normal());
    latitude[i] = round(north + 0.03 * normal(), 4);
    longitude[i] = round(east + 0.04 * normal(), 4);
    rooms[i] = count;
    people[i] = 1 + Math.min(count + 1, skewed(7));
    area[i] = metres;
    perRoom[i] = metres / count;
    built[i] = year;
    price[i] = Math.max(9_000, 500 * Math.round(worth / 500));
    fee[i] = round(price[i] * (form === 0 ? 0.03 : 0.0357), 2);
    sold[i] = time;
    district[i] = place;
    kind[i] = form;
    agent[i] = (place * 7 + skewed(40)) % AGENTS;
    if (unit() < 0.02) {
      missing[i] = 1;
      built[i] = 0;
    }
  }
  const number = (name: string, values: Float64Array): NumberColumn => ({
    kind: 'number',
    name,
    values,
    missing: null,
  });
  const text = (name: string, codes: Uint32Array, dictionary: string[]): Column => ({
    kind: 'text',
    name,
    codes,
    dictionary,
    missing: null,
  });
  const columns: Column[] = [
    { ...number('sold', sold), time: 'YYYY-MM-DD hh:mm:ss' },
    text(
      'district',
      district,
      districts.map((_, k) => `district ${k + 1}`),
    ),
    number('latitude', latitude),
    number('longitude', longitude),
    text('kind', kind, KINDS),
    number('rooms', rooms),
    number('people', people),
    number('area', area),
    number('area per room', perRoom),
    { ...number('built', built), missing },
    number('price', price),
    number('fee', fee),
    text(
      'agent',
      agent,
      Array.from({ length: AGENTS }, (_, k) => `agent ${k + 1}`),
    ),
  ];
  return { rows, columns };
}
