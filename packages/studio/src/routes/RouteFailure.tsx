import type { ErrorComponentProps } from '@tanstack/react-router';
import { Failure } from '../components/Notice.tsx';

/** A page that broke while it was shown, or whose code could not be fetched: after an update the old files are gone. */
export function RouteFailure({ error }: ErrorComponentProps) {
  return (
    <Failure
      what="This page"
      error={error instanceof Error ? error : new Error(String(error))}
      retry={() => location.reload()}
    />
  );
}
