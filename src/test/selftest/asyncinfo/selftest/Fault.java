package asyncinfo.selftest;

import asyncinfo.contract.Api;
import java.util.List;
import java.util.Set;

/**
 * A fault to plant, or a lawful variation.
 *
 * @param name its name, which no other has
 * @param group what it is about
 * @param words the promise that it breaks, or what is different and yet lawful
 * @param compliant whether it breaks nothing
 * @param apis the APIs whose replies it changes
 * @param when which of their replies
 * @param then the changes, one after the other
 * @param mustFail the ids of the clauses that must fail
 * @param touches the ids of those that it bears on too, and need not fail in each run
 * @param deviates the ids of those that a compliant variation must show as DEVIATES, and no other
 * @param trouble whether it keeps the harness from judging, which must be told from a broken clause
 * @param allShapes whether the run makes each check in all shapes of a call, not in one
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
    boolean trouble,
    boolean allShapes,
    boolean slow) {

  @Override
  public String toString() {
    return name;
  }
}
