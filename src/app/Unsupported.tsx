import type { MissingFacility } from '../platform/secureContext.ts';
import { ERROR_ADVICE } from '../contracts/errors.ts';
import { Notice } from '../ui/controls/index.ts';

/** In place of the lab where the browser lacks what it cannot do without. */
export function Unsupported({ missing }: { missing: readonly MissingFacility[] }) {
  const isInsecure = missing.some(({ name }) => name === 'secure-context');
  return (
    <main className="unsupported">
      <h1 className="logo">
        drea<span>ML</span>earning&nbsp;Lab
      </h1>
      <h2>The lab cannot run here</h2>
      <Notice tone="error">
        <ul>
          {missing.map(({ name, text }) => (
            <li key={name}>{text}</li>
          ))}
        </ul>
        {isInsecure && (
          <p>
            {ERROR_ADVICE.CONTEXT_INSECURE} Browsers keep storage, workers and hashing from pages that come
            over plain http from another machine.
          </p>
        )}
        <p>
          <code>CONTEXT_INSECURE</code>
        </p>
      </Notice>
      <h3>What to do</h3>
      <ol>
        <li>
          Ask whoever runs the page to serve it over <strong>https</strong>; any certificate that the browser
          trusts will do.
        </li>
        <li>
          Or run the lab on your own machine and open <code>http://localhost</code> at the port it names.
        </li>
        <li>Use a current version of Chrome, Edge, Firefox or Safari.</li>
      </ol>
    </main>
  );
}
