package asyncinfo.selftest;

import asyncinfo.contract.Api;
import java.util.List;
import java.util.Set;

/**
 * A fault to plant, or a compliant variation.
 *
 * @param name its unique name
 * @param group its subject
 * @param words the requirement that it breaks, or what differs and is compliant
 * @param compliant whether it breaks nothing
 * @param apis the APIs whose responses it changes
 * @param when which of their responses
 * @param then the changes, in order
 * @param mustFail the ids of the clauses that must fail
 * @param touches the ids of further clauses that may fail
 * @param deviates the ids of the only clauses that a compliant variation must show as DEVIATES
 * @param expectsError whether it prevents a verdict, which must be reported as ERROR, not FAIL
 * @param allFormats whether the run makes each check in all request formats instead of one
 * @param slow whether the run includes the clauses that need long requests or bursts
 */
record Fault(
    String name,
    String group,
    String words,
    boolean compliant,
    List<Api> apis,
    FaultTrigger when,
    List<Step> then,
    Set<String> mustFail,
    Set<String> touches,
    Set<String> deviates,
    boolean expectsError,
    boolean allFormats,
    boolean slow) {

  @Override
  public String toString() {
    return name;
  }
}
