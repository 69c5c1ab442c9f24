/** Placeholder: only says that it was deployed. */
export const handler = async (): Promise<never> => {
  throw new Error('the function train must be written, got a placeholder: deploy a newer version');
};
