export {
  type Authenticate,
  bearerOf,
  everybody,
  type Grant,
  type Scope,
  scopes,
} from './access/access.ts';
export { type CreatedToken, createToken, type NewToken, revokeToken } from './access/administer.ts';
export { authenticateJwt, type JwtKeys, type JwtOptions } from './access/jwt.ts';
export { jwtOptions, readJwtOptions } from './access/jwt-options.ts';
export { ownSite } from './access/own-site.ts';
export { notKnown } from './access/require.ts';
export { authenticateBy, awsSecret, type TokenSecret } from './access/secret.ts';
export { parseTokens, type Token, type TokenOptions, tokenAccess } from './access/tokens.ts';
export { answerError } from './answer-error.ts';
export { forecastApi, type ManageDependencies, manageApi } from './apis.ts';
export type { App, AppDependencies } from './app.ts';
export { apiDocument } from './document.ts';
export type { ForecastDependencies, ForecastEvent } from './handlers/forecast.ts';
export type { Retrain } from './handlers/retrain.ts';
export type { PreviewUpload } from './handlers/staging.ts';
export type { Idempotency } from './idempotency/idempotency.ts';
export { lambdaHandler } from './lambda.ts';
export { type LocalDependencies, localApi } from './local.ts';
export { observedBy } from './observed.ts';
export { lambdaPreview } from './preview.ts';
export { isFault, type Problem, type ProblemCode, Refusal } from './problem.ts';
export type { RateLimit } from './rate-limit.ts';
export type { ForecastAnswer, ForecastRequest } from './routes/forecast.ts';
export { routePathAt } from './routes/table.ts';
