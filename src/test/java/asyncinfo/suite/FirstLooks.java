package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;

/**
 * The first requests of a run: one look at each task in a state that does not last, before the task
 * moves on.
 *
 * @param run the run
 */
record FirstLooks(TestRun run) {

  /** Sends the requests. A look that fails is repeated, and reported, by the case about it. */
  void take() {
    for (Api api : run.target().apis()) {
      run.specification().clauses(api).stream()
          .filter(clause -> clause.kind() == ClauseKind.VALUE && run.target().includes(clause))
          .filter(clause -> clause.mayMoveOn(api))
          .forEach(clause -> look(api, clause));
    }
  }

  private void look(Api api, Clause clause) {
    RequestFormat format = RequestFormat.EACH_METHOD_AND_SIGNATURE.get(0);
    TestCase testCase =
        new TestCase(run, api, clause, format, OutputParametersIT.class.getSimpleName());
    try {
      if (testCase.hasFixture()) {
        testCase.sendFixture();
      }
    } catch (NoResponseException | RuntimeException e) {
      // The case sends the request again.
    }
  }
}
