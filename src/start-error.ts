/** The product cannot start; the message is a sentence for the operator, without secrets. */
export class StartError extends Error {
  override name = 'StartError';
  constructor(
    readonly code: `START.${string}`,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
