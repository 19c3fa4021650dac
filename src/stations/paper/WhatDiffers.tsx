import { Disclosure, Panel } from '../../ui/controls/index.ts';
import { PAPER_MEASURES } from '../training/paper/tables.ts';
import { MEASURE_WORDS } from './words.ts';

/** What the paper compares, what its measures are, and what is not as it was there. */
export function WhatDiffers() {
  return (
    <Panel title="What is compared" caption="and what differs here">
      <div className="paper-words">
        <p>
          The paper trains one network on a share of the pictures, chosen in different ways. Random and
          dreaMLearning draw a fresh share in every epoch, dreaMLearning from the archive instead of raw
          pictures. The others choose by what the network makes of the pictures: some of them again every few
          epochs, some once.
        </p>
        <ul>
          <li>
            Seconds depend on the machine that is named with them: compare shares of full training’s time.
          </li>
          <li>
            The paper’s times come from a graphics card, ours mostly from WebAssembly on one core, where
            training takes longer and selecting counts for less.
          </li>
          <li>
            Every method trains with a batch of 128, as in the paper; some authors advise less for small
            shares.
          </li>
          <li>
            DQ drops no patches here, which would need a large model of its own. It looks at the features of a
            network that was trained for a few epochs.
          </li>
          <li>Methods that select again hold out a tenth of the pictures, as their authors’ code does.</li>
          <li>CRAIG and the fixed variants are in none of the paper’s tables: these rows are ours.</li>
        </ul>
        <Disclosure title="What each column is">
          <dl>
            {PAPER_MEASURES.map((measure) => (
              <div key={measure}>
                <dt>{MEASURE_WORDS[measure].head}</dt>
                <dd>{MEASURE_WORDS[measure].about}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      </div>
    </Panel>
  );
}
