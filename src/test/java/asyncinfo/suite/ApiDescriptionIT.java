package asyncinfo.suite;

import asyncinfo.contract.Kind;
import asyncinfo.verdict.Proves;
import asyncinfo.wire.NoReplyException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** Section 1 of a page: API description. The limit is put to the test by the simulations. */
@Order(1)
@ExtendWith(ClauseCases.class)
class ApiDescriptionIT {

  /** The API is reached under its domain name. */
  @PerClause
  @Proves(Kind.DOMAIN)
  void servesRequestsToItsDomain(Case it) throws NoReplyException {
    String host = it.run().target().host(it.api());
    if (!host.equals(it.api().domain())) {
      throw it.notProvokable("requests go to the host " + host);
    }
    it.requireServed(it.askGood());
  }
}
