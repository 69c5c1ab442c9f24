export { Problem } from './problem.tsx';
export { Busy, ChannelChoice, Choice, Copyable, Facts, Field, Progress } from './small.tsx';
