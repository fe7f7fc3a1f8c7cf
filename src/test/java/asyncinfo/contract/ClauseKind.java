package asyncinfo.contract;

/** The subject of a clause, which decides how it is checked. */
public enum ClauseKind {
  /** Section 1: the domain name that serves the API. */
  DOMAIN,
  /** Section 1: the number of requests that are served per second. */
  LIMIT,
  /** Section 2: a row of the input table. */
  INPUT,
  /** Section 3: a row of the output table. */
  OUTPUT,
  /** Section 3: one of the values that a row of the output table lists. */
  VALUE,
  /** Section 3: the output table is complete. */
  ONLY_OUTPUTS,
  /** Section 4: a documented example. */
  EXAMPLE,
  /** Section 6: a business error code. */
  ERROR,
  /** Section 6: there are no codes but the business and common error codes. */
  ONLY_ERRORS,
  /** API 3.0: a rule for every response. */
  EVERY_REPLY,
  /** API 3.0: a request that must be served. */
  SERVED,
  /** API 3.0: a request that must be refused. */
  REFUSED,
  /** API 3.0: a common error code. */
  COMMON_ERROR
}
