package asyncinfo.contract;

import java.util.List;

/**
 * What API 3.0 promises about a request that differs from a good one in one named way.
 *
 * @param clause the clause that it is
 * @param alteration the way in which the request differs
 * @param parameter what the alteration works on; empty where it needs nothing
 * @param codes the error codes of which one must answer; empty where the request must be served
 * @param formats the call shapes to which it applies
 */
public record Requirement(
    Clause clause, String alteration, String parameter, List<String> codes, List<String> formats) {

  /** The mutation that makes a request longer than it may be. */
  public static final String OVERSIZE = "oversize";

  /** The mutation that sends more requests at once than the limit accepts. */
  public static final String BURST = "burst";

  /** Returns whether the request puts such a strain on an endpoint that it is sent last. */
  public boolean strains() {
    return alteration.equals(OVERSIZE) || alteration.equals(BURST);
  }

  /** Whether the request must be refused. */
  public boolean refused() {
    return !codes.isEmpty();
  }
}
