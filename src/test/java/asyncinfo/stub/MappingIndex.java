package asyncinfo.stub;

import com.github.tomakehurst.wiremock.common.FileSource;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.matching.EqualToPattern;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.matching.MultiValuePattern;
import com.github.tomakehurst.wiremock.matching.RequestMatcherExtension;
import com.github.tomakehurst.wiremock.matching.RequestPattern;
import com.github.tomakehurst.wiremock.matching.SingleMatchMultiValuePattern;
import com.github.tomakehurst.wiremock.store.DefaultStores;
import com.github.tomakehurst.wiremock.store.InMemoryStubMappingStore;
import com.github.tomakehurst.wiremock.store.Stores;
import com.github.tomakehurst.wiremock.store.StubMappingStore;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.stubbing.SubEvent;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Stores WireMock's mappings, and matches in full only those with the path and the exact parameter
 * values of the request. Comparing each request with the mappings of all other tasks costs a third
 * of the response time.
 */
final class MappingIndex extends InMemoryStubMappingStore {

  private MappingIndex() {}

  /** Returns WireMock's stores with this one for the mappings. */
  static Stores stores(FileSource root) {
    MappingIndex index = new MappingIndex();
    return new DefaultStores(root) {
      @Override
      public StubMappingStore getStubStore() {
        return index;
      }
    };
  }

  @Override
  public Stream<StubMapping> findAllMatchingRequest(
      Request request,
      Map<String, RequestMatcherExtension> customMatchers,
      Consumer<SubEvent> subEvents) {
    String path = request.getUrl().split("\\?", 2)[0];
    return getAll()
        .filter(mapping -> mayMatch(mapping.getRequest(), request, path))
        .filter(
            mapping -> {
              MatchResult result = mapping.getRequest().match(request, customMatchers);
              result.getSubEvents().forEach(subEvents);
              return result.isExactMatch();
            });
  }

  private static boolean mayMatch(RequestPattern pattern, Request request, String path) {
    if (pattern.getUrlPath() != null && !pattern.getUrlPath().equals(path)) {
      return false;
    }
    return pattern.getQueryParameters() == null
        || pattern.getQueryParameters().entrySet().stream()
            .allMatch(
                parameter ->
                    onlyValue(parameter.getValue())
                        .map(value -> has(request.queryParameter(parameter.getKey()), value))
                        .orElse(true));
  }

  private static boolean has(QueryParameter parameter, String value) {
    return parameter.isPresent() && parameter.containsValue(value);
  }

  /** Returns the only value that a pattern accepts, if it accepts only one. */
  private static Optional<String> onlyValue(MultiValuePattern pattern) {
    return pattern instanceof SingleMatchMultiValuePattern single
            && single.getValuePattern() instanceof EqualToPattern equal
            && !Boolean.TRUE.equals(equal.getCaseInsensitive())
        ? Optional.of(equal.getEqualTo())
        : Optional.empty();
  }
}
