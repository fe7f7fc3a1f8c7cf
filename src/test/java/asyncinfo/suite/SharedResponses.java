package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Responses that serve all cases of a run. Where the cases share an account, each distinct request
 * is sent once; a request without a response is sent again by the next case that needs it.
 */
final class SharedResponses {
  private final boolean enabled;
  private final Map<RequestTemplate, CompletableFuture<CheckedResponse>> responses =
      new ConcurrentHashMap<>();

  /**
   * @param enabled whether responses are shared at all
   */
  SharedResponses(boolean enabled) {
    this.enabled = enabled;
  }

  /** Sends a request and returns its checked response. */
  interface Source {
    CheckedResponse send() throws NoResponseException;
  }

  /** Returns the response to a request, which the source sends unless another case did. */
  CheckedResponse get(RequestTemplate template, Source source) throws NoResponseException {
    if (!enabled) {
      return source.send();
    }
    CompletableFuture<CheckedResponse> mine = new CompletableFuture<>();
    CompletableFuture<CheckedResponse> first = responses.putIfAbsent(template, mine);
    if (first != null) {
      CheckedResponse response = first.join();
      return response == null ? get(template, source) : response;
    }
    CheckedResponse response = null;
    try {
      response = source.send();
      return response;
    } finally {
      if (response == null) {
        responses.remove(template, mine);
      }
      mine.complete(response);
    }
  }
}
