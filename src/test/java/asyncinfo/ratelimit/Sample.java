package asyncinfo.ratelimit;

/**
 * One call of a limit simulation. All times are nanoseconds from the start of the run.
 *
 * @param api the API that was called, by its product
 * @param probe the probe that it belongs to
 * @param origin account and region
 * @param connection the connection that carried it, from 0
 * @param format the shape of the call: method and signature
 * @param subject which of the ids it asked about
 * @param planned when it should have been sent
 * @param sent when it was sent
 * @param received when its reply was there; when it was given up, where none came
 * @param reception what became of it
 * @param detail what it was where it was neither accepted nor throttled; empty otherwise
 */
public record Sample(
    String api,
    String probe,
    CallerIdentity origin,
    int connection,
    String format,
    String subject,
    long planned,
    long sent,
    long received,
    CallOutcome reception,
    String detail) {

  /** What became of a call that the protocol planned. */
  public static Sample of(
      PlannedCall call,
      String format,
      String subject,
      long sent,
      long received,
      CallOutcome reception,
      String detail) {
    return new Sample(
        call.api(),
        call.probe(),
        call.origin(),
        call.connection(),
        format,
        subject,
        call.at(),
        sent,
        received,
        reception,
        detail);
  }

  /** Whether the call was accepted. */
  public boolean accepted() {
    return reception == CallOutcome.ACCEPTED;
  }

  /** How long the reply took, in nanoseconds. */
  long latency() {
    return received - sent;
  }

  /** Who called, as far as a limiter can tell. */
  LimitKey caller() {
    return new LimitKey(
        api,
        origin == CallerIdentity.SECOND_REGION ? "second" : "first",
        origin == CallerIdentity.SECOND_ACCOUNT ? "second" : "first",
        Integer.toString(connection),
        format,
        subject);
  }

  /** The same call with another outcome. */
  Sample with(CallOutcome other, String what) {
    return new Sample(
        api, probe, origin, connection, format, subject, planned, sent, received, other, what);
  }
}
