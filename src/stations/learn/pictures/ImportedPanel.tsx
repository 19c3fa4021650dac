import { useRef } from 'react';
import {
  Button,
  ErrorNotice,
  Panel,
  ProgressLine,
  Stat,
  Stats,
  UploadIcon,
} from '../../../ui/controls/index.ts';
import { formatCount, formatPlural, formatSeconds, formatValue } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import { EvaluationView } from './EvaluationView.tsx';
import { accuracyWords } from './runWords.ts';

/** A network that was trained elsewhere, or saved here, on the test pictures that are open. */
export function ImportedPanel() {
  const { task, evaluateModel, cancelEvaluation } = useLabParts((lab) => ({
    task: lab.images.training.imported,
    evaluateModel: lab.evaluateModel,
    cancelEvaluation: lab.cancelEvaluation,
  }));
  const input = useRef<HTMLInputElement>(null);
  const model = task.value;
  return (
    <>
      <Panel
        title="A network from a file"
        caption="a layers model of TensorFlow.js, looked at on the test pictures"
        stale={task.stale}
        actions={
          <Button
            icon={<UploadIcon />}
            isDisabled={task.status === 'running'}
            onPress={() => input.current?.click()}
          >
            Evaluate a network…
          </Button>
        }
      >
        <input
          ref={input}
          type="file"
          hidden
          multiple
          aria-label="Evaluate a network…"
          accept=".zip,.json,.bin,application/zip,application/json"
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            if (files.length > 0) void evaluateModel(files);
          }}
        />
        {task.status === 'running' && (
          <ProgressLine
            progress={task.progress}
            label="Looking at the test pictures"
            onCancel={cancelEvaluation}
          />
        )}
        {task.error !== null && task.error.code !== 'CANCELLED' && <ErrorNotice error={task.error} />}
        {model === null ? (
          <p className="soft small">
            Choose the zip that a run here was saved as, or a model.json together with its weight files.
            Nothing is uploaded.
          </p>
        ) : (
          <Stats isWide>
            <Stat
              label="Test accuracy"
              value={accuracyWords(model.evaluation.accuracy)}
              note={`${model.name}, ${formatPlural(model.evaluation.records, 'test picture')}`}
            />
            <Stat
              label="Test loss"
              value={formatValue(model.evaluation.loss, 3)}
              note={`mean cross-entropy, in ${formatSeconds(model.evaluation.seconds)}`}
            />
            <Stat
              label="Parameters"
              value={formatCount(model.parameters)}
              note={`in ${formatPlural(model.layers, 'layer')}`}
            />
          </Stats>
        )}
      </Panel>
      {model !== null && <EvaluationView evaluation={model.evaluation} of={model.name} />}
    </>
  );
}
