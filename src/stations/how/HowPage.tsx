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
      <header>
        <h2>How it works</h2>
        <p className="page-lead">
          Every step of the paper’s Algorithm 1 on data small enough to see whole. Nothing is a film: change a
          number, and the steps are computed again.
        </p>
        <Segments label="What is taken apart" value={subject} options={SUBJECTS} onChange={setSubject} />
      </header>
      {subject === 'table' ? <TableWalk /> : <PictureWalk />}
    </div>
  );
}
