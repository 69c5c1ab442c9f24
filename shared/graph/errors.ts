import { TidecastError } from '../errors/index.ts';

/** Operands of an operator do not fit together. Raised while the graph is being built. */
export class ShapeError extends TidecastError {
  readonly code = 'GRAPH_SHAPE';
}

/** A graph is put together wrongly: a value of another graph, a missing feed, an output asked twice. */
export class GraphError extends TidecastError {
  readonly code = 'GRAPH';
}

/** A gradient was asked for through an operator that has none. */
export class GradientError extends TidecastError {
  readonly code = 'GRAPH_GRADIENT';
}
