package asyncinfo.suite;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.RequestFormat;
import asyncinfo.client.SignedRequest;
import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskHistoryTest {
  private static final Api API = Specification.ofProducts("mongodb").apis().get(0);
  private static final RequestTemplate REQUEST =
      new RequestTemplate(
          API,
          RequestFormat.EACH_METHOD_AND_SIGNATURE.get(0),
          Map.of("AsyncRequestId", "1"),
          RequestMutation.NONE,
          "");
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final TaskHistory history = new TaskHistory();

  /** The page does not say that initial precedes all other states. */
  @ParameterizedTest
  @CsvSource({
    "initial running success success, ''",
    "running paused running, running paused running",
    "running running initial, ''",
    "success running, success running",
    "running success failed, success failed",
    "running undoed undoed, ''"
  })
  void findsValuesThatNoTaskHasInThisOrder(String states, String relapse) {
    Instant sent = START;
    for (String state : states.split(" ", -1)) {
      history.add(REQUEST, look(state, sent, sent.plusMillis(5)));
      sent = sent.plusSeconds(1);
    }

    assertThat(relapse()).isEqualTo(relapse);
  }

  /** The order of two looks at the same time is not known. */
  @ParameterizedTest
  @CsvSource({"success, running", "running, success"})
  void doesNotOrderLooksThatOverlap(String one, String other) {
    history.add(REQUEST, look(one, START, START.plusMillis(500)));
    history.add(REQUEST, look(other, START.plusMillis(400), START.plusMillis(900)));

    assertThat(relapse()).isEmpty();
  }

  private String relapse() {
    return String.join(" ", history.relapse(REQUEST, API.output("Status")).orElse(List.of()));
  }

  private static CheckedResponse look(String state, Instant sent, Instant received) {
    byte[] body =
        "{\"Response\":{\"Status\":\"%s\",\"RequestId\":\"r\"}}"
            .formatted(state)
            .getBytes(StandardCharsets.UTF_8);
    return new CheckedResponse(
        new SignedRequest("GET", "", List.of(), new byte[0]),
        new ApiResponse(200, List.of(), body),
        List.of(),
        0,
        sent,
        received);
  }
}
