import { Component, type ReactNode } from 'react';
import { ERROR_ADVICE } from '../contracts/errors.ts';
import { ErrorNotice } from '../ui/controls/index.ts';

interface ErrorBoundaryProps {
  /** A change of it tries again: the station shown. */
  resetKey: string;
  children: ReactNode;
}

interface ErrorBoundaryState {
  what: string | null;
  resetKey: string;
}

/** A view that fails says so in its place; the rest of the page works on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { what: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(thrown: unknown): Partial<ErrorBoundaryState> {
    return { what: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) };
  }

  static getDerivedStateFromProps(
    props: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return props.resetKey === state.resetKey ? null : { what: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    const { what } = this.state;
    if (what === null) return this.props.children;
    return (
      <div className="boundary">
        <ErrorNotice
          error={{ code: 'INTERNAL', what: `This view failed: ${what}`, todo: ERROR_ADVICE.INTERNAL }}
          onRetry={() => this.setState({ what: null })}
        />
      </div>
    );
  }
}
