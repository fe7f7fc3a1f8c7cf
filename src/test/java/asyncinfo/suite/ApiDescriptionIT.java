package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.contract.ClauseKind;
import asyncinfo.verdict.Covers;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 1 of a page: API description. The simulations test the request limit. */
@Order(1)
@ExtendWith(ClauseInvocationProvider.class)
class ApiDescriptionIT {

  /** The API is reached under its domain name. */
  @ClauseTest
  @Covers(ClauseKind.DOMAIN)
  void servesRequestsToItsDomain(TestCase testCase) throws NoResponseException {
    String host = testCase.run().target().host(testCase.api());
    if (!host.equals(testCase.api().domain())) {
      throw testCase.notTestable("requests go to the host " + host);
    }
    testCase.requireServed(testCase.sendValid());
  }
}
