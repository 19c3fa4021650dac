import { useContext, useRef, type ReactNode } from 'react';
import { download } from '../../../platform/download.ts';
import { Button, Disclosure, DownloadIcon, Panel } from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import { Term } from '../../../ui/glossary/Term.tsx';
import { fileStem } from '../../fileStem.ts';
import { reportHtml } from '../../report/reportHtml.ts';
import { shownFigures } from '../../report/shownFigures.ts';
import { LabContext, useLabParts } from '../../useLab.ts';
import { PythonProgram } from './PythonProgram.tsx';
import { reportOf } from './reportOf.ts';
import './takeAway.css';

/** Everything that leaves the page for whoever carries on elsewhere. */
export function TakeAwayPanel() {
  const { samples, isStale, exportSamples, exportCoefficients, exportPredictions } = useLabParts(
    ({ learn: { full, condensed }, ...lab }) => ({
      samples: condensed.closedForm.value?.samples ?? null,
      isStale: full.closedForm.stale || condensed.closedForm.stale,
      exportSamples: lab.exportSamples,
      exportCoefficients: lab.exportCoefficients,
      exportPredictions: lab.exportPredictions,
    }),
  );
  if (samples === null) return null;
  return (
    <Panel
      title="Take it with you"
      caption="files made on this machine, of the results above"
      stale={isStale}
    >
      <ul className="take-list off-paper">
        <Take
          title="Condensed samples"
          about={`${formatPlural(samples, 'weighted sample')} in the data’s own units: “part” first, then its columns, the weight last`}
        >
          <Save what="Condensed samples" as="CSV" isDisabled={isStale} onSave={() => exportSamples('csv')} />
          <Save
            what="Condensed samples"
            as="Parquet"
            isDisabled={isStale}
            onSave={() => exportSamples('parquet')}
          />
        </Take>
        <Take
          title="Samples and test records"
          about="the same, and the test records behind them: opened here, they give the test error of the condensed samples"
        >
          <Save
            what="Samples and test records"
            as="CSV"
            isDisabled={isStale}
            onSave={() => exportSamples('csv', true)}
          />
          <Save
            what="Samples and test records"
            as="Parquet"
            isDisabled={isStale}
            onSave={() => exportSamples('parquet', true)}
          />
        </Take>
        <Take
          title="Coefficients"
          about={
            <>
              of both models, in the data’s own units and <Term name="standardised">standardised</Term>
            </>
          }
        >
          <Save what="Coefficients" as="CSV" isDisabled={isStale} onSave={exportCoefficients} />
        </Take>
        <Take
          title="Predictions"
          about="of both models for every test record; the file’s records count from 0"
        >
          <Save what="Predictions" as="CSV" isDisabled={isStale} onSave={exportPredictions} />
        </Take>
        <Take title="Report" about="one page to read, print or send: question, numbers, figures, settings">
          <SaveReport isDisabled={isStale} />
        </Take>
      </ul>
      <Disclosure title="Train on them in Python" isLate>
        <PythonProgram />
      </Disclosure>
    </Panel>
  );
}

function Take({ title, about, children }: { title: string; about: ReactNode; children: ReactNode }) {
  return (
    <li>
      <p>
        <strong>{title}</strong>
        <span>{about}</span>
      </p>
      <div className="take-buttons">{children}</div>
    </li>
  );
}

interface SaveProps {
  what: string;
  as: string;
  isDisabled: boolean;
  onSave: () => Promise<void>;
}

function Save({ what, as, isDisabled, onSave }: SaveProps) {
  return (
    <Button
      icon={<DownloadIcon />}
      aria-label={`${what} as ${as}`}
      isDisabled={isDisabled}
      onPress={() => void onSave()}
    >
      {as}
    </Button>
  );
}

/** The report with the figures that the station shows. */
function SaveReport({ isDisabled }: { isDisabled: boolean }) {
  const store = useContext(LabContext);
  const place = useRef<HTMLSpanElement>(null);

  function save(): void {
    const lab = store?.getState();
    const station = place.current?.closest('.station');
    if (lab === undefined) return;
    const figures = station == null ? [] : shownFigures(station);
    const report = reportOf(lab, { figures, now: Date.now(), appVersion: __APP_VERSION__ });
    if (report === null) return;
    const name = `${fileStem(lab.dataset.value?.name ?? '')}-report.html`;
    download(name, reportHtml(report), 'text/html');
  }

  return (
    <span ref={place}>
      <Button icon={<DownloadIcon />} aria-label="Report as HTML" isDisabled={isDisabled} onPress={save}>
        HTML
      </Button>
    </span>
  );
}
