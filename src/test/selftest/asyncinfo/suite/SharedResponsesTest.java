package asyncinfo.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import asyncinfo.client.NoResponseException;
import asyncinfo.client.RequestFormat;
import asyncinfo.contract.Specification;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedResponsesTest {
  private static final RequestTemplate REQUEST = about("1");

  private final SharedResponses<Integer> responses = new SharedResponses<>();
  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void sendsEqualRequestsOnce() throws NoResponseException {
    assertThat(responses.get(REQUEST, sent::incrementAndGet)).isEqualTo(1);
    assertThat(responses.get(about("1"), sent::incrementAndGet)).isEqualTo(1);
    assertThat(responses.get(about("2"), sent::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void sendsARequestWithoutAResponseAgain() throws NoResponseException {
    assertThatExceptionOfType(NoResponseException.class)
        .isThrownBy(
            () ->
                responses.get(
                    REQUEST,
                    () -> {
                      throw new NoResponseException("endpoint", new IOException("reset"));
                    }));

    assertThat(responses.get(REQUEST, sent::incrementAndGet)).isEqualTo(1);
  }

  private static RequestTemplate about(String task) {
    return new RequestTemplate(
        Specification.load().apis().get(0),
        RequestFormat.POST_JSON_V3,
        Map.of("AsyncRequestId", task),
        RequestMutation.NONE,
        "");
  }
}
