export { type Choice, type Choices, chosenLook, keepChoices, readChoices } from './choice.ts';
export { openJudge } from './judge.ts';
export { lookSteps, meanLook } from './look.ts';
export { forecastCrops, lastCrops, openValidation, trialWindows, windowsOf } from './validation.ts';
export { type Part, parts } from './windows.ts';
