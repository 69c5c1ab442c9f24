/** The first columns of a matrix, as one of their own. */
export const givenColumns = (known: Float64Array, width: number, given: number): Float64Array =>
  width === given ? known.slice() : known.filter((_, at) => at % width < given);
