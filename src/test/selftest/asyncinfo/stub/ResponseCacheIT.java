package asyncinfo.stub;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.ApiRequest;
import asyncinfo.client.ApiResponse;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.RestAssuredClient;
import asyncinfo.client.Timeouts;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cached responses equal those that WireMock would return. */
class ResponseCacheIT {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final Api MONGODB = SPECIFICATION.apis().get(1);
  private static final String SUCCEEDED = "4762";

  private Stub stub;
  private RestAssuredClient client;

  @BeforeEach
  void start() {
    stub = Stub.start(Stub.Options.of(SPECIFICATION));
    client = new RestAssuredClient(stub.endpoint(), Timeouts.DEFAULT);
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void giveEachResponseItsOwnRequestId() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ApiResponse response = send(SUCCEEDED);
      assertThat(response.member("Status")).contains("success");
      ids.add(response.requestId().orElseThrow());
    }

    assertThat(ids).doesNotHaveDuplicates().doesNotContain("").noneMatch(id -> id.contains("{"));
  }

  @Test
  void areDiscardedWhenAMappingChanges() throws Exception {
    WireMock admin = new WireMock(stub.endpoint().getHost(), stub.endpoint().getPort());
    send(SUCCEEDED);

    StubMapping other =
        admin.register(
            WireMock.get(WireMock.urlPathEqualTo("/" + MONGODB.folder()))
                .atPriority(1)
                .willReturn(WireMock.ok("{\"Response\":{\"Status\":\"failed\"}}")));
    assertThat(send(SUCCEEDED).text()).contains("failed");
    assertThat(send(SUCCEEDED).text()).contains("failed");

    admin.removeStubMapping(other);
    assertThat(send(SUCCEEDED).member("Status")).contains("success");
  }

  @Test
  void leaveScenariosAndOtherTemplatesToWireMock() throws Exception {
    assertThat(send("4770").member("Status")).contains("initial");
    assertThat(send("4770").member("Status")).contains("running");
    assertThat(send("4770").member("Status")).contains("success");

    for (String code : List.of("common-ResourceInUse", "common-LimitExceeded")) {
      assertThat(send(code).errorCode()).contains(code.substring("common-".length()));
      assertThat(send(code).errorCode()).contains(code.substring("common-".length()));
    }
  }

  private ApiResponse send(String id) throws Exception {
    return client.send(
        ApiRequest.of(
                MONGODB,
                RequestFormat.POST_JSON_V3,
                MONGODB.domain(),
                "ap-guangzhou",
                Map.of("AsyncRequestId", id),
                stub.accounts().create(),
                Instant.now(),
                1)
            .sign());
  }
}
