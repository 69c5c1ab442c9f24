import type { components } from '../../shared/client/index.ts';

type Schemas = components['schemas'];

export type Accuracy = Schemas['Accuracy'];
export type Anomalies = Schemas['Anomalies'];
export type Configuration = Schemas['Configuration'];
export type Curves = Schemas['Curves'];
export type Forecast = Schemas['Forecast'];
export type Item = Schemas['Item'];
export type ItemAccuracy = Schemas['ItemAccuracy'];
export type Job = Schemas['Job'];
export type Model = Schemas['Model'];
export type ModelVersion = Schemas['ModelVersion'];
export type Preview = Schemas['UploadPreview'];
export type Quality = NonNullable<Schemas['QualityReport']>;
export type DatasetSummary = Schemas['DatasetSummary'];
