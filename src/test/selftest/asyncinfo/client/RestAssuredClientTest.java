package asyncinfo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.IntNode;

/** Tests that a request is sent once, exactly as signed. */
@Tag("slow")
class RestAssuredClientTest {
  private static final Api API = Specification.load().apis().get(0);
  private static final Timeouts SHORT_READ =
      new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(30));
  private static final Timeouts SHORT_TOTAL =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(900));
  private static final String AWKWARD_ID = "a b+c~d*e/f?g=h&i%20ü中\"\\'";

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void sendsTheVeryBytesThatWereSigned(RequestFormat format) throws Exception {
    SignedRequest message = call(format).sign();

    try (RawServer server = new RawServer(RawServer.ok("{}"));
        RestAssuredClient sender = new RestAssuredClient(server.endpoint(), Timeouts.DEFAULT)) {
      sender.send(message);

      String sent = server.requests().get(0);
      String head = sent.substring(0, sent.indexOf("\r\n\r\n") + 2);
      String body = sent.substring(sent.indexOf("\r\n\r\n") + 4);
      assertThat(head).startsWith(message.method() + " " + message.target() + " HTTP/1.1\r\n");
      message
          .headers()
          .forEach(
              h ->
                  assertThat(head).containsOnlyOnce("\r\n" + h.name() + ": " + h.value() + "\r\n"));
      assertThat(body.getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(message.body());
    }
  }

  @ParameterizedTest
  @EnumSource(RequestFormat.class)
  void sendsARequestOnceThoughTheServerResets(RequestFormat format) throws Exception {
    try (RawServer server = new RawServer(RawServer.reset());
        RestAssuredClient sender = new RestAssuredClient(server.endpoint(), Timeouts.DEFAULT)) {
      assertThatThrownBy(() -> sender.send(call(format).sign()))
          .isInstanceOf(NoResponseException.class)
          .hasMessageStartingWith(server.endpoint().toString());

      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void doesNotFollowRedirects() throws Exception {
    try (RawServer server =
            new RawServer(RawServer.response("302 Found", "Location: /elsewhere", ""));
        RestAssuredClient sender = new RestAssuredClient(server.endpoint(), Timeouts.DEFAULT)) {
      ApiResponse reply = sender.send(call(RequestFormat.GET_V1_SHA1).sign());

      assertThat(reply.status()).isEqualTo(302);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void readsChunks() throws Exception {
    String chunks =
        String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Transfer-Encoding: chunked",
            "",
            "3",
            "{\"R",
            "4",
            "\": 1",
            "1",
            "}",
            "0",
            "",
            "");
    try (RawServer server = new RawServer(RawServer.text(chunks));
        RestAssuredClient sender = new RestAssuredClient(server.endpoint(), Timeouts.DEFAULT)) {
      assertThat(sender.send(call(RequestFormat.GET_V3).sign()).text()).isEqualTo("{\"R\": 1}");
    }
  }

  @Test
  void sendsOnAfterAReplyWithoutABody() throws Exception {
    try (RawServer server = new RawServer(RawServer.response("200 OK", "X: y", ""));
        RestAssuredClient sender = new RestAssuredClient(server.endpoint(), Timeouts.DEFAULT)) {
      for (int i = 0; i < 3; i++) {
        assertThat(sender.send(call(RequestFormat.GET_V3).sign()).body()).isEmpty();
      }
    }
  }

  @Test
  void givesUpOnAServerThatHangs() {
    try (RawServer server = new RawServer(client -> {});
        RestAssuredClient sender = new RestAssuredClient(server.endpoint(), SHORT_READ)) {
      assertThatThrownBy(() -> sender.send(call(RequestFormat.POST_JSON_V3).sign()))
          .isInstanceOf(NoResponseException.class)
          .hasMessage(server.endpoint() + ": no reply in time");
    }
  }

  @Test
  void givesUpOnAServerThatTricklesForEver() {
    RawServer.Answer trickle =
        client -> {
          client
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                      .getBytes(StandardCharsets.ISO_8859_1));
          for (int i = 0; i < 50; i++) {
            client.getOutputStream().write('x');
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
          }
        };
    try (RawServer server = new RawServer(trickle);
        RestAssuredClient sender = new RestAssuredClient(server.endpoint(), SHORT_TOTAL)) {
      assertThatThrownBy(() -> sender.send(call(RequestFormat.POST_JSON_V3).sign()))
          .isInstanceOf(NoResponseException.class)
          .hasMessageContaining("no whole reply within 900 ms");
    }
  }

  @Test
  void namesTheEndpointThatRefusesTheConnection() {
    RawServer gone = new RawServer(RawServer.ok("{}"));
    gone.close();
    try (RestAssuredClient sender = new RestAssuredClient(gone.endpoint(), Timeouts.DEFAULT)) {
      assertThatThrownBy(() -> sender.send(call(RequestFormat.GET_V3).sign()))
          .isInstanceOf(NoResponseException.class)
          .hasMessageStartingWith(gone.endpoint().toString())
          .hasMessageContaining("refused");
    }
  }

  @Test
  void keepsTheBodyOfAnErrorStatus() throws Exception {
    try (RawServer server =
            new RawServer(RawServer.response("500 Oops", "Content-Type: text/html", "<p>x"));
        RestAssuredClient sender = new RestAssuredClient(server.endpoint(), Timeouts.DEFAULT)) {
      ApiResponse reply = sender.send(call(RequestFormat.GET_V3).sign());

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text()).isEqualTo("<p>x");
      assertThat(reply.header("content-type")).contains("text/html");
    }
  }

  @Test
  void putsTheTypesOfArgumentsIntoJson() {
    ApiRequest call =
        call(RequestFormat.POST_JSON_V3)
            .withArguments(List.of(new ActionParameter("AsyncRequestId", IntNode.valueOf(7))));

    assertThat(call.sign().bodyText()).isEqualTo("{\"AsyncRequestId\":7}");
  }

  private static ApiRequest call(RequestFormat format) {
    return ApiRequest.of(
        API,
        format,
        API.domain(),
        "ap-guangzhou",
        Map.of("AsyncRequestId", AWKWARD_ID),
        new Credentials("AKIDtest", "key"),
        Instant.ofEpochSecond(1_800_000_000),
        7);
  }
}
