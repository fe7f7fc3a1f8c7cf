package asyncinfo.drift;

import asyncinfo.contract.Api;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the API that a page is about. */
final class ApiMatcher {
  static final String ACTION = "Action";
  static final String VERSION = "Version";

  private final ApiPage page;
  private final String action;
  private final String version;

  private ApiMatcher(ApiPage page, PageTemplate format) {
    this.page = page;
    this.action = page.constant(ACTION, format).orElse("");
    this.version = page.constant(VERSION, format).orElse("");
  }

  /**
   * Finds the API by Action and Version of the input table. Where none has both, the page may have
   * changed one of them: then title and domain or product decide.
   *
   * @throws UnreadablePageException when no API fits, or two fit as well
   */
  static Api of(ApiPage page, PageContext contract) {
    return new ApiMatcher(page, contract.format()).among(contract.apis());
  }

  private Api among(List<Api> apis) {
    List<Api> fitting = apis.stream().filter(this::hasActionAndVersion).toList();
    if (fitting.isEmpty()) {
      fitting = apis.stream().filter(this::mayHaveBeen).toList();
    }
    for (Predicate<Api> narrower : List.<Predicate<Api>>of(this::hasDomain, this::hasProduct)) {
      List<Api> fewer = fitting.stream().filter(narrower).toList();
      fitting = fitting.size() > 1 && !fewer.isEmpty() ? fewer : fitting;
    }
    if (fitting.size() != 1) {
      throw new UnreadablePageException(
          (" is the page of %s under schemas/: Action \"%s\", Version \"%s\", domain \"%s\"; there"
                  + " are %s")
              .formatted(
                  fitting.isEmpty() ? "no API" : "several APIs",
                  action,
                  version,
                  page.domain(),
                  names(apis)));
    }
    return fitting.get(0);
  }

  private static String names(List<Api> apis) {
    return apis.stream()
        .sorted(Comparator.comparing(Api::folder))
        .map(Api::folder)
        .collect(Collectors.joining(", "));
  }

  private boolean hasActionAndVersion(Api api) {
    return api.action().equals(action) && api.version().equals(version);
  }

  private boolean mayHaveBeen(Api api) {
    return (api.action().equals(action) || api.title().equals(page.title()))
        && (hasDomain(api) || hasProduct(api));
  }

  private boolean hasDomain(Api api) {
    return api.domain().equals(page.domain());
  }

  private boolean hasProduct(Api api) {
    return page.domain().startsWith(api.product() + ".");
  }
}
