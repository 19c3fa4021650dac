import { useState } from 'react';
import { Segments } from '../../ui/charts/Segments.tsx';
import { PictureWalk } from './pictures/PictureWalk.tsx';
import { TableWalk } from './table/TableWalk.tsx';
import '../page.css';
import './how.css';

type Subject = 'table' | 'pictures';

const SUBJECTS: readonly { value: Subject; label: string }[] = [
  { value: 'table', label: 'A table' },
  { value: 'pictures', label: 'Pictures' },
];

/** EntroGeDe step by step, on what can be seen whole. It works whatever is open. */
export function HowPage() {
  const [subject, setSubject] = useState<Subject>('table');
  return (
    <div className="page">
      <header className="how-head">
        <div>
          <h2>How it works</h2>
          <p className="page-lead">
            The paper’s Algorithm 1, step by step, on data small enough to see whole. Change a number, and
            every step is computed again.
          </p>
        </div>
        <Segments label="What is taken apart" value={subject} options={SUBJECTS} onChange={setSubject} />
      </header>
      {subject === 'table' ? <TableWalk /> : <PictureWalk />}
    </div>
  );
}
