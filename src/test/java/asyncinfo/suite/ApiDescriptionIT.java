package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import asyncinfo.contract.ClauseKind;
import asyncinfo.verdict.Covers;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 1 of a page: API description. The limit is put to the test by the simulations. */
@Order(1)
@ExtendWith(ClauseInvocationProvider.class)
class ApiDescriptionIT {

  /** The API is reached under its domain name. */
  @ClauseTest
  @Covers(ClauseKind.DOMAIN)
  void servesRequestsToItsDomain(TestCase it) throws NoResponseException {
    String host = it.run().target().host(it.api());
    if (!host.equals(it.api().domain())) {
      throw it.notTestable("requests go to the host " + host);
    }
    it.requireServed(it.sendValid());
  }
}
