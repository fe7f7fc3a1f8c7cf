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

/** Faults affect the outcome that they are set on, and no other. */
class FaultsIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Api DTS = SPECIFICATION.apis().get(0);
  private static final Api MONGODB = SPECIFICATION.apis().get(1);
  private static final String PAUSED = "4763";
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));

  private static Stub stub;
  private static RestAssuredClient client;
  private static RestAssuredClient impatientClient;
  private Credentials key;

  @BeforeAll
  static void start() {
    stub = Stub.start(Stub.Options.of(SPECIFICATION).withLimit(20));
    client = new RestAssuredClient(stub.endpoint(), Timeouts.DEFAULT);
    impatientClient = new RestAssuredClient(stub.endpoint(), SHORT);
  }

  @AfterAll
  static void stop() {
    client.close();
    impatientClient.close();
    stub.close();
  }

  @BeforeEach
  void clearFaults() {
    stub.faults().clear();
    key = stub.accounts().create();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void breaksTheConnectionForAStatus(Fault fault) throws Exception {
    stub.faults().set(clause("mongodb/3/Status=paused"), fault);

    assertThatThrownBy(() -> send(client, MONGODB, PAUSED)).isInstanceOf(NoResponseException.class);
    assertThat(send(client, MONGODB, "4762").member("Status")).contains("success");

    stub.faults().clear();
    assertThat(send(client, MONGODB, PAUSED).member("Status")).contains("paused");
  }

  @ParameterizedTest
  @CsvSource({
    "dts/6/InternalError, error-InternalError",
    "common/error/FailedOperation, common-FailedOperation",
    "common/error/ResourceNotFound, no-such-task"
  })
  void breaksTheConnectionForAnErrorCode(String outcome, String id) throws Exception {
    stub.faults().set(clause(outcome), Fault.CONNECTION_RESET_BY_PEER);

    assertThatThrownBy(() -> send(client, DTS, id)).isInstanceOf(NoResponseException.class);
  }

  @Test
  void doesNotAffectTheSameCodeOfAnotherProduct() throws Exception {
    stub.faults().set(clause("dts/6/InternalError"), Fault.EMPTY_RESPONSE);

    assertThat(send(client, MONGODB, "error-InternalError").errorCode()).contains("InternalError");
  }

  @Test
  void breaksTheConnectionForAnErrorOfTheGateway() throws Exception {
    stub.faults().set(clause("common/error/AuthFailure.SignatureFailure"), Fault.EMPTY_RESPONSE);
    Credentials right = key;
    key = new Credentials(right.secretId(), "wrong");

    assertThatThrownBy(() -> send(client, DTS, "1")).isInstanceOf(NoResponseException.class);

    key = right;
    assertThat(send(client, DTS, "1").errorCode()).contains("ResourceNotFound");
  }

  @Test
  void delaysAnOutcome() throws Exception {
    stub.faults().delay(clause("mongodb/3/Status=paused"), Duration.ofSeconds(3));

    assertThatThrownBy(() -> send(impatientClient, MONGODB, PAUSED))
        .isInstanceOf(NoResponseException.class);
    assertThat(send(client, MONGODB, "4762").member("Status")).contains("success");
    assertThat(send(client, MONGODB, PAUSED).member("Status")).contains("paused");
  }

  @Test
  void rejectsAClauseThatIsNotAnOutcome() {
    assertThatThrownBy(() -> stub.faults().set(clause("dts/1/limit"), Fault.EMPTY_RESPONSE))
        .hasMessage(
            "dts/1/limit is not an outcome: use the clause of a status value or of an error code");
  }

  private static Clause clause(String id) {
    return SPECIFICATION.clause(id).orElseThrow();
  }

  private ApiResponse send(RestAssuredClient to, Api api, String id) throws NoResponseException {
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
