package asyncinfo.suite;

import asyncinfo.client.NoResponseException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Responses that serve all cases of a run. Each distinct request is sent once; a request without a
 * response is sent again by the next case that needs it.
 *
 * @param <T> the kind of response
 */
final class SharedResponses<T> {
  private final Map<RequestTemplate, CompletableFuture<T>> responses = new ConcurrentHashMap<>();

  /** Sends a request and returns its checked response. */
  interface Source<T> {
    T send() throws NoResponseException;
  }

  /** Returns the response to a request, which the source sends unless another case did. */
  T get(RequestTemplate template, Source<T> source) throws NoResponseException {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> first = responses.putIfAbsent(template, mine);
    if (first != null) {
      T response = first.join();
      return response == null ? get(template, source) : response;
    }
    T response = null;
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
