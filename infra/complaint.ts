/** An error that states the rule, what was received and the remedy, as all of Tidecast's do. */
export const complaint = (rule: string, received: string, remedy: string): Error =>
  new Error(`${rule}, got ${received}: ${remedy}`);
