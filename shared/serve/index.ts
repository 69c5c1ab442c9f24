export { type Champions, type ChampionsOptions, createChampions } from './champions.ts';
export { type OpenModel, type OpenVersion, openModel, openThreadedModel } from './open.ts';
export { historyOfRecord } from './stored.ts';
