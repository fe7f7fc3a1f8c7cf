package asyncinfo.ratelimit;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One call of a limit simulation. All times are nanoseconds from the start of the run.
 *
 * @param api the API that was called, by its product
 * @param probe the probe that it belongs to
 * @param identity account and region
 * @param connection the connection that carried it, from 0
 * @param format the request format: method and signature
 * @param subject the resource that it named
 * @param planned when it was due
 * @param sent when it was sent
 * @param received when its response had arrived; when it was given up, where none arrived
 * @param outcome its outcome
 * @param detail the response where it was neither accepted nor throttled; empty otherwise
 */
public record Sample(
    String api,
    ProbeId probe,
    @JsonProperty("origin") CallerIdentity identity,
    int connection,
    String format,
    String subject,
    long planned,
    long sent,
    long received,
    @JsonProperty("reception") CallOutcome outcome,
    String detail) {

  /** Returns the sample of a planned call. */
  public static Sample of(
      PlannedCall call,
      String format,
      String subject,
      long sent,
      long received,
      CallOutcome outcome,
      String detail) {
    return new Sample(
        call.api(),
        call.probe(),
        call.identity(),
        call.connection(),
        format,
        subject,
        call.at(),
        sent,
        received,
        outcome,
        detail);
  }

  /** Returns whether the call was accepted. */
  public boolean accepted() {
    return outcome == CallOutcome.ACCEPTED;
  }

  /** Returns whether the probe is one of a kind. */
  boolean belongsTo(Probe kind) {
    return probe.probe() == kind;
  }

  /** Returns the time from sending to the response, in nanoseconds. */
  long latency() {
    return received - sent;
  }

  /** Returns the properties by which a limiter may select a budget. */
  LimitKey key() {
    return new LimitKey(
        api,
        identity == CallerIdentity.SECOND_REGION ? "second" : "first",
        identity == CallerIdentity.SECOND_ACCOUNT ? "second" : "first",
        Integer.toString(connection),
        format,
        subject);
  }

  /** Returns the same call with another outcome. */
  Sample with(CallOutcome other, String what) {
    return new Sample(
        api, probe, identity, connection, format, subject, planned, sent, received, other, what);
  }
}
