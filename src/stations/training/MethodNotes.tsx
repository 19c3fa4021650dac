import type { SubsetMethod } from '../../contracts/training.ts';
import './methodNotes.css';
import { methodNotes } from './words.ts';

/** In what the methods whose numbers stand here are not the published ones; nothing where they are. */
export function MethodNotes({ methods }: { methods: Iterable<SubsetMethod> }) {
  return methodNotes(methods).map((note) => (
    <p key={note} className="method-note">
      {note}
    </p>
  ));
}
