// A form in a dialog: what is wrong stands above the buttons, nothing typed is lost, a double click sends once.
import { Modal } from 'antd';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Problem } from './Problem.tsx';
import { ProblemError } from './problem.ts';
import { uiWords } from './ui.words.ts';

export function FormDialog(props: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** Throws what the server refused; the dialog shows it and stays open. */
  onSubmit: () => Promise<void>;
  submitWord?: string;
  /** What can't be taken back says so by its button. */
  isRisky?: boolean;
  isReady?: boolean;
  /** Paths whose fault stands beside their field. */
  shownFields?: readonly string[];
  widthPx?: number;
  children: (fault: (path: string) => string | undefined) => ReactNode;
}) {
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const close = () => {
    setError(null);
    props.onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || props.isReady === false) return;
    setBusy(true);
    setError(null);
    try {
      await props.onSubmit();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={props.isOpen}
      title={props.title}
      onCancel={close}
      width={props.widthPx ?? 480}
      destroyOnHidden
      mask={{ closable: false }}
      footer={
        <div className="row dialogfoot">
          <button type="button" className="btn" onClick={close}>
            {uiWords.cancel}
          </button>
          <button
            type="submit"
            form={id}
            className={props.isRisky ? 'btn risky' : 'btn primary'}
            aria-busy={isBusy}
            disabled={props.isReady === false}
          >
            {isBusy ? uiWords.saving : (props.submitWord ?? uiWords.save)}
          </button>
        </div>
      }
    >
      <form id={id} className="col dialogform" onSubmit={(event) => void submit(event)} noValidate>
        {props.children((path) => (error instanceof ProblemError ? error.at(path) : undefined))}
        <Problem error={error} {...(props.shownFields ? { hideFields: props.shownFields } : {})} />
      </form>
    </Modal>
  );
}
