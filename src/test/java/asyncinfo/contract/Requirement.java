package asyncinfo.contract;

import java.util.List;
import java.util.Optional;

/**
 * A clause of API 3.0 about a request that differs from a valid one in one named way.
 *
 * @param clause the clause
 * @param mutation the mutation that makes the request
 * @param parameter the parameter or value that the mutation uses; empty where it needs none
 * @param codes the error codes that refuse the request, the usual one first; empty where the
 *     request must be served
 * @param formats the request formats to which the clause applies
 */
public record Requirement(
    Clause clause, String mutation, String parameter, List<String> codes, List<String> formats) {

  /** The mutation that makes a request longer than it may be. */
  public static final String OVERSIZE = "oversize";

  /** The mutation that sends more requests at once than the limit accepts. */
  public static final String BURST = "burst";

  /** Returns whether the request puts such a strain on an endpoint that it is sent last. */
  public boolean strains() {
    return mutation.equals(OVERSIZE) || mutation.equals(BURST);
  }

  /** Returns whether the request must be refused. */
  public boolean refused() {
    return !codes.isEmpty();
  }

  /** Returns whether a code is the one that usually refuses the request. */
  public boolean isUsually(String code) {
    return refused() && codes.get(0).equals(code);
  }

  /** Returns the code that usually refuses the request; empty where it must be served. */
  public Optional<String> usualCode() {
    return codes.stream().findFirst();
  }
}
