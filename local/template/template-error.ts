/** A mistake in the template, with the place where it is. */
class TemplateError extends Error {}

/** Says where in the template it happened, once: the innermost place is the telling one. */
export function within<T>(id: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TemplateError) throw error;
    throw new TemplateError(`${error.message} (at ${id})`, { cause: error });
  }
}
