export { Problem } from './problem.tsx';
export { Busy, Choice, Copyable, Facts, Field, Progress } from './small.tsx';
