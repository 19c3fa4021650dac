import { tabAddress } from '../platform/framing.ts';

/** In place of the lab where another site shows it without asking for an embed: the way to a tab, and nothing else. */
export function Framed() {
  return (
    <main className="unsupported">
      <h1 className="logo">
        drea<span>ML</span>earning&nbsp;Lab
      </h1>
      <p>
        <a className="button button-primary" href={tabAddress(location.href)} target="_blank" rel="noopener">
          Open the lab in a tab of its own
        </a>
      </p>
      <p className="soft small">
        Is this your page? Take the embed code from the lab’s Share dialog: its link says <code>embed=1</code>
        .
      </p>
    </main>
  );
}
