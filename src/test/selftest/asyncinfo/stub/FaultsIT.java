package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.Credentials;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.RestAssuredClient;
import asyncinfo.client.Timeouts;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Any outcome of the stub can be made to break off or to hang, and no other outcome notices. */
class FaultsIT {
  private static final Specification CATALOGUE = Specification.ofProducts("dts", "mongodb");
  private static final Api DTS = CATALOGUE.apis().get(0);
  private static final Api MONGODB = CATALOGUE.apis().get(1);
  private static final String PAUSED = "4763";
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));

  private static Stub stub;
  private static RestAssuredClient sender;
  private static RestAssuredClient impatient;
  private Credentials key;

  @BeforeAll
  static void start() {
    stub = Stub.start(Stub.Options.of(CATALOGUE).withLimit(20));
    sender = new RestAssuredClient(stub.endpoint(), Timeouts.DEFAULT);
    impatient = new RestAssuredClient(stub.endpoint(), SHORT);
  }

  @AfterAll
  static void stop() {
    sender.close();
    impatient.close();
    stub.close();
  }

  @BeforeEach
  void flawless() {
    stub.faults().clear();
    key = stub.accounts().issue();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void breaksAStatusOff(Fault fault) throws Exception {
    stub.faults().set(clause("mongodb/3/Status=paused"), fault);

    assertThatThrownBy(() -> ask(sender, MONGODB, PAUSED)).isInstanceOf(NoResponseException.class);
    assertThat(ask(sender, MONGODB, "4762").member("Status")).contains("success");

    stub.faults().clear();
    assertThat(ask(sender, MONGODB, PAUSED).member("Status")).contains("paused");
  }

  @ParameterizedTest
  @CsvSource({
    "dts/6/InternalError, error-InternalError",
    "common/error/FailedOperation, common-FailedOperation",
    "common/error/ResourceNotFound, no-such-task"
  })
  void breaksAnErrorOff(String outcome, String id) throws Exception {
    stub.faults().set(clause(outcome), Fault.CONNECTION_RESET_BY_PEER);

    assertThatThrownBy(() -> ask(sender, DTS, id)).isInstanceOf(NoResponseException.class);
  }

  @Test
  void leavesTheSameErrorOfAnotherProductAlone() throws Exception {
    stub.faults().set(clause("dts/6/InternalError"), Fault.EMPTY_RESPONSE);

    assertThat(ask(sender, MONGODB, "error-InternalError").errorCode()).contains("InternalError");
  }

  @Test
  void breaksARefusalOfTheGatewayOff() throws Exception {
    stub.faults().set(clause("common/error/AuthFailure.SignatureFailure"), Fault.EMPTY_RESPONSE);
    Credentials right = key;
    key = new Credentials(right.secretId(), "wrong");

    assertThatThrownBy(() -> ask(sender, DTS, "1")).isInstanceOf(NoResponseException.class);

    key = right;
    assertThat(ask(sender, DTS, "1").errorCode()).contains("ResourceNotFound");
  }

  @Test
  void delaysAnOutcome() throws Exception {
    stub.faults().delay(clause("mongodb/3/Status=paused"), Duration.ofSeconds(3));

    assertThatThrownBy(() -> ask(impatient, MONGODB, PAUSED))
        .isInstanceOf(NoResponseException.class);
    assertThat(ask(sender, MONGODB, "4762").member("Status")).contains("success");
    assertThat(ask(sender, MONGODB, PAUSED).member("Status")).contains("paused");
  }

  @Test
  void takesOutcomesOnly() {
    assertThatThrownBy(() -> stub.faults().set(clause("dts/1/limit"), Fault.EMPTY_RESPONSE))
        .hasMessage(
            "dts/1/limit is no outcome: take the clause of a status value or of an error code");
  }

  private static Clause clause(String id) {
    return CATALOGUE.clause(id).orElseThrow();
  }

  private ApiResponse ask(RestAssuredClient to, Api api, String id) throws NoResponseException {
    return to.send(
        ApiRequest.of(
                api,
                RequestFormat.POST_JSON_V3,
                api.domain(),
                "ap-guangzhou",
                Map.of("AsyncRequestId", id),
                key,
                Instant.now(),
                1)
            .sign());
  }
}
