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
 * WireMock's mappings, of which only those are matched in full that have the request's path and the
 * value that it asks for. Without it, a third of the time that a reply takes goes into comparing
 * the request with mappings of other tasks.
 */
final class MappingIndex extends InMemoryStubMappingStore {

  private MappingIndex() {}

  /** WireMock's own stores, but for the one of the mappings. */
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
                    demanded(parameter.getValue())
                        .map(value -> has(request.queryParameter(parameter.getKey()), value))
                        .orElse(true));
  }

  private static boolean has(QueryParameter parameter, String value) {
    return parameter.isPresent() && parameter.containsValue(value);
  }

  /** The one value that lets a pattern match, where it is of that sort. */
  private static Optional<String> demanded(MultiValuePattern pattern) {
    return pattern instanceof SingleMatchMultiValuePattern single
            && single.getValuePattern() instanceof EqualToPattern equal
            && !Boolean.TRUE.equals(equal.getCaseInsensitive())
        ? Optional.of(equal.getEqualTo())
        : Optional.empty();
  }
}
