/**
 * The words of the page, each said once: a dotted word shows its meaning where it stands, and the help lists them all.
 * They are the paper's and the field's.
 */

export interface Entry {
  /** As a list has it. */
  word: string;
  /** What a reader is told: no more than fits two lines. */
  meaning: string;
  /** Role whose colour the word wears. */
  role?: 'base' | 'id' | 'deviation' | 'analytics' | 'weight';
}

/** Keeps the names of the entries, so that a word without an entry does not compile. */
function glossary<Name extends string>(entries: Record<Name, Entry>): Record<Name, Entry> {
  return entries;
}

/** In the order in which a table meets them: its bits, its archive, its condensed samples, what learns from them. */
export const GLOSSARY = glossary({
  bit: {
    word: 'bit',
    meaning: 'One binary digit of a stored number: 0 or 1.',
  },
  msb: {
    word: 'most significant bit (MSB)',
    meaning: 'The top bit of a number: it says in which half of its range the number lies.',
  },
  float64: {
    word: 'float64',
    meaning:
      'The usual way to store a number, in 8 bytes. Sizes are given as a share of the table in float64.',
  },
  entropy: {
    word: 'entropy, H',
    meaning: 'How much a bit tells: 0 if it is always the same, 1 bit if it is as random as a coin toss.',
  },
  base: {
    word: 'base',
    meaning: 'Bits that hardly ever change, stored once for all the records that share them.',
    role: 'base',
  },
  baseId: {
    word: 'base ID',
    meaning: 'Which base a record uses: one small number in place of all the bits that it shares.',
    role: 'id',
  },
  deviation: {
    word: 'deviation',
    meaning: 'The bits of a record that are in no base; they stay with the record.',
    role: 'deviation',
  },
  tau: {
    word: 'plateau threshold, τ',
    meaning:
      'How many bits in a row may fail to make the archive smaller before the search for the base stops.',
    role: 'base',
  },
  plateau: {
    word: 'plateau',
    meaning: 'Where further bits in the base no longer make the archive smaller.',
    role: 'base',
  },
  codec: {
    word: 'codec',
    meaning: 'Coder and decoder in one: it chooses which bits records share. Every codec here is lossless.',
  },
  equation1: {
    word: 'Equation 1',
    meaning: 'The paper’s formula for the size. It counts constant bits once per base, and no headers.',
  },
  archive: {
    word: 'archive',
    meaning: 'The compressed data in one file: bases, base IDs, deviations, and what it takes to read them.',
  },
  randomAccess: {
    word: 'random access',
    meaning: 'Reading one record alone, without decoding its neighbours.',
  },
  analyticsBit: {
    word: 'analytics bit',
    meaning: 'A bit that sorts records into clusters: those that agree on all analytics bits are together.',
    role: 'analytics',
  },
  beta: {
    word: 'β',
    meaning: 'How many analytics bits are used. One more can split every cluster in two.',
    role: 'analytics',
  },
  condensedSample: {
    word: 'condensed sample',
    meaning: 'The mean of the records of one cluster: a single row that stands for all of them.',
    role: 'analytics',
  },
  weight: {
    word: 'weight',
    meaning: 'How many records a condensed sample stands for. The weights add up to all training records.',
    role: 'weight',
  },
  optimum: {
    word: 'optimum',
    meaning:
      'The coefficients of the smallest loss. Linear regression has a formula for them, the closed form.',
  },
  standardised: {
    word: 'standardised',
    meaning: 'Shifted and scaled to mean 0 and standard deviation 1, so that features can be compared.',
  },
  subset: {
    word: 'subset',
    meaning: 'The pictures that one epoch sees: a share of all of them.',
  },
  epoch: {
    word: 'epoch',
    meaning: 'One pass of training: here over the share of the pictures that it is given.',
  },
});

export type TermName = keyof typeof GLOSSARY;
