import { GLOSSARY, type TermName } from './glossary.ts';
import { TermPicture } from './TermPicture.tsx';
import './glossary.css';

const NAMES = Object.keys(GLOSSARY) as TermName[];

/** All words of the page with their pictures. */
export function GlossaryList() {
  return (
    <dl className="glossary">
      {NAMES.map((name) => {
        const { word, meaning, role } = GLOSSARY[name];
        return (
          <div key={name}>
            <dt>
              <TermPicture name={name} />
              <span className={role === undefined ? undefined : `role-${role}`}>{word}</span>
            </dt>
            <dd>{meaning}</dd>
          </div>
        );
      })}
    </dl>
  );
}
