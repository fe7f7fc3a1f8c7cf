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

/** What the stub remembers of WireMock's replies is what WireMock would say again. */
class ResponseCacheIT {
  private static final Specification CATALOGUE = Specification.ofProducts("dts", "mongodb");
  private static final Api MONGODB = CATALOGUE.apis().get(1);
  private static final String SUCCEEDED = "4762";

  private Stub stub;
  private RestAssuredClient sender;

  @BeforeEach
  void start() {
    stub = Stub.start(Stub.Options.of(CATALOGUE));
    sender = new RestAssuredClient(stub.endpoint(), Timeouts.DEFAULT);
  }

  @AfterEach
  void stop() {
    sender.close();
    stub.close();
  }

  @Test
  void giveEachReplyARequestIdOfItsOwn() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ApiResponse reply = ask(SUCCEEDED);
      assertThat(reply.member("Status")).contains("success");
      ids.add(reply.requestId().orElseThrow());
    }

    assertThat(ids).doesNotHaveDuplicates().doesNotContain("").noneMatch(id -> id.contains("{"));
  }

  @Test
  void areForgottenWhenAMappingComesOrGoes() throws Exception {
    WireMock admin = new WireMock(stub.endpoint().getHost(), stub.endpoint().getPort());
    ask(SUCCEEDED);

    StubMapping other =
        admin.register(
            WireMock.get(WireMock.urlPathEqualTo("/" + MONGODB.folder()))
                .atPriority(1)
                .willReturn(WireMock.ok("{\"Response\":{\"Status\":\"failed\"}}")));
    assertThat(ask(SUCCEEDED).text()).contains("failed");
    assertThat(ask(SUCCEEDED).text()).contains("failed");

    admin.removeStubMapping(other);
    assertThat(ask(SUCCEEDED).member("Status")).contains("success");
  }

  @Test
  void leaveScenariosAndOtherTemplatesToWireMock() throws Exception {
    assertThat(ask("4770").member("Status")).contains("initial");
    assertThat(ask("4770").member("Status")).contains("running");
    assertThat(ask("4770").member("Status")).contains("success");

    for (String code : List.of("common-ResourceInUse", "common-LimitExceeded")) {
      assertThat(ask(code).errorCode()).contains(code.substring("common-".length()));
      assertThat(ask(code).errorCode()).contains(code.substring("common-".length()));
    }
  }

  private ApiResponse ask(String id) throws Exception {
    return sender.send(
        ApiRequest.of(
                MONGODB,
                RequestFormat.POST_JSON_V3,
                MONGODB.domain(),
                "ap-guangzhou",
                Map.of("AsyncRequestId", id),
                stub.accounts().issue(),
                Instant.now(),
                1)
            .sign());
  }
}
