package asyncinfo.limit;

/**
 * One call of a limit simulation.
 *
 * @param probe the probe that it belongs to
 * @param connection the connection that carried it, from 0
 * @param planned when it should have been sent, in nanoseconds from the start of the plan
 * @param sent when it was sent, on the same clock
 * @param received when its reply was there, on the same clock
 * @param reception what became of it
 * @param detail what it was where it was neither accepted nor throttled; empty otherwise
 */
public record Sample(
    String probe,
    int connection,
    long planned,
    long sent,
    long received,
    Reception reception,
    String detail) {

  /** Whether the call was accepted. */
  public boolean accepted() {
    return reception == Reception.ACCEPTED;
  }
}
