/**
 * Work that Ctrl-C or a plain `kill` stops: the signal is aborted, and when the work has come to its end the status is
 * 130, after `onStopped` has said what is left of it.
 */
export async function interruptible(
  work: (signal: AbortSignal) => Promise<number>,
  onStopped: () => void,
): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => stop.abort(new Error('interrupted'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    return await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    onStopped();
    return 130;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
