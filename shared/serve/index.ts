export { type Champions, type ChampionsOptions, createChampions } from './champions.ts';
export { type OpenModel, type OpenVersion, openModel, openModelInThread, openThreadedModel } from './open.ts';
export { historyOfRecord } from './stored.ts';
