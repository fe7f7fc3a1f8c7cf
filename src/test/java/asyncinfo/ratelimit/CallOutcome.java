package asyncinfo.ratelimit;

/** The outcome of a call, read from the body of its response. */
public enum CallOutcome {
  /** It reached the action. */
  ACCEPTED,
  /** It was refused with an error code that is documented for the limit. */
  THROTTLED,
  /** It was answered in another way. */
  OTHER,
  /** No response arrived. */
  LOST
}
