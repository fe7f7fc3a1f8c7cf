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

  /** Whether the request must be refused. */
  public boolean refused() {
    return !codes.isEmpty();
  }
}
