package asyncinfo.ratelimit;

/** What became of a call, read from the body of its reply. */
public enum CallOutcome {
  /** It reached the action. */
  ACCEPTED,
  /** It was refused because of the limit. */
  THROTTLED,
  /** It was answered in another way, which no call of a limit simulation should be. */
  OTHER,
  /** No reply came. */
  LOST
}
