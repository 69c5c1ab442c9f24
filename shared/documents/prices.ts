/** What a cloud charges, in US dollars. */
export interface Prices {
  /** When the prices were written down, and of what. */
  readonly asOf: string;
  readonly of: string;
  /** A gigabyte-second of Lambda on x64, first tier. */
  readonly lambdaGigabyteSecond: number;
  /** A request of Lambda. */
  readonly lambdaRequest: number;
  /** A request of an HTTP API of API Gateway, first tier. */
  readonly httpRequest: number;
  /** A state transition of a standard workflow of Step Functions. */
  readonly stateTransition: number;
  /** A gigabyte in S3 Standard for a month, first tier. */
  readonly storedGigabyteMonth: number;
  /** A request of S3 that writes or lists, and one that reads. */
  readonly writeRequest: number;
  readonly readRequest: number;
  /** A secret of Secrets Manager for a month. */
  readonly secretMonth: number;
  /** An alarm and a dashboard of CloudWatch for a month. */
  readonly alarmMonth: number;
  readonly dashboardMonth: number;
}

/** The only price table: estimates in job documents and docs/cost.md are made of it. */
export const prices: Prices = {
  asOf: '2026-12-01',
  of: 'list prices in us-east-1 as public pages tell them, without any free tier; see aws.amazon.com for what holds today',
  lambdaGigabyteSecond: 0.0000166667,
  lambdaRequest: 0.2 / 1e6,
  httpRequest: 1 / 1e6,
  stateTransition: 0.025 / 1e3,
  storedGigabyteMonth: 0.023,
  writeRequest: 0.005 / 1e3,
  readRequest: 0.0004 / 1e3,
  secretMonth: 0.4,
  alarmMonth: 0.1,
  dashboardMonth: 3,
};
