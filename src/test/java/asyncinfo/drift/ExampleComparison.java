package asyncinfo.drift;

import static asyncinfo.drift.Difference.NOTHING;
import static asyncinfo.drift.Difference.quoted;

import asyncinfo.contract.Api;
import asyncinfo.contract.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;

/**
 * Compares the examples of a page (section 4) with those of {@code schemas/}. Of the page's
 * examples the one that is equal is an example's counterpart, else the one of the same title, else
 * the next.
 */
final class ExampleComparison {
  /** A difference without its file. */
  record Finding(Severity severity, String about, String found, String promised) {}

  /** Two values of one place. */
  private record Change(String found, String promised) {}

  private final Api api;
  private final ApiPage page;
  private final Set<String> common;

  /** The page's counterparts, by the index of the example of {@code schemas/}. */
  private final Map<Integer, PageExample> pairs = new TreeMap<>();

  private final List<PageExample> left;

  private ExampleComparison(Api api, ApiPage page, Set<String> common) {
    this.api = api;
    this.page = page;
    this.common = common;
    this.left = new ArrayList<>(page.examples());
  }

  /**
   * Compares all examples.
   *
   * @param common the names of the common parameters, which an example may leave out
   */
  static List<Finding> of(Api api, ApiPage page, Set<String> common) {
    return new ExampleComparison(api, page, common).findings();
  }

  private List<Finding> findings() {
    pair((found, promised) -> changes(found, promised).isEmpty());
    pair((found, promised) -> found.title().equals(promised.title()));
    pair((found, promised) -> true);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < api.examples().size(); i++) {
      findings.addAll(pairs.containsKey(i) ? compared(i) : List.of(lost(i, api.examples().get(i))));
    }
    left.forEach(found -> findings.add(added(found)));
    return findings;
  }

  private void pair(BiPredicate<PageExample, Example> fits) {
    for (int i = 0; i < api.examples().size(); i++) {
      Example promised = api.examples().get(i);
      if (!pairs.containsKey(i)) {
        for (PageExample found : List.copyOf(left)) {
          if (!pairs.containsKey(i) && fits.test(found, promised)) {
            pairs.put(i, found);
            left.remove(found);
          }
        }
      }
    }
  }

  private static String id(int index) {
    return "4/example-" + (index + 1);
  }

  private static Finding lost(int index, Example promised) {
    return new Finding(Severity.BREAKING, id(index), NOTHING, quoted(promised.title()));
  }

  private Finding added(PageExample found) {
    String id = id(page.examples().indexOf(found));
    return new Finding(Severity.ADDED, id, quoted(found.title()), NOTHING);
  }

  private List<Finding> compared(int index) {
    PageExample found = pairs.get(index);
    Example promised = api.examples().get(index);
    List<Finding> findings = new ArrayList<>();
    for (Change change : changes(found, promised)) {
      findings.add(new Finding(Severity.BREAKING, id(index), change.found(), change.promised()));
    }
    if (!found.title().equals(promised.title())) {
      String title = quoted(promised.title());
      findings.add(new Finding(Severity.WORDING, id(index), quoted(found.title()), title));
    }
    return findings;
  }

  private List<Change> changes(PageExample found, Example promised) {
    List<Change> changes = new ArrayList<>();
    if (!found.problem().isEmpty()) {
      changes.add(new Change(found.problem(), "a request and an output that can be read"));
      return changes;
    }
    if (!List.of("", page.domain(), api.domain()).contains(found.host())) {
      changes.add(new Change("host " + found.host(), "host " + api.domain()));
    }
    addChanges(own(found), request(found, promised), changes);
    Map<String, String> output = new LinkedHashMap<>();
    found.response().ifPresent(json -> flatten("", json, output));
    Map<String, String> documented = new LinkedHashMap<>();
    flatten("", promised.response(), documented);
    addChanges(output, documented, changes);
    return changes;
  }

  /** Common parameters that name the API; an example may leave them out too. */
  private Map<String, String> constants() {
    return Map.of("Action", api.action(), "Version", api.version());
  }

  private Map<String, String> own(PageExample found) {
    Map<String, String> own = new LinkedHashMap<>();
    found
        .request()
        .forEach(
            (name, value) -> {
              if (!common.contains(name) || constants().containsKey(name)) {
                own.put(name, quoted(value));
              }
            });
    return own;
  }

  private Map<String, String> request(PageExample found, Example promised) {
    Map<String, String> request = new LinkedHashMap<>();
    constants()
        .forEach(
            (name, value) -> {
              if (found.request().containsKey(name)) {
                request.put(name, quoted(value));
              }
            });
    promised.request().forEach((name, value) -> request.put(name, quoted(value)));
    return request;
  }

  /** The values of a document, by JSON pointer. */
  private static void flatten(String pointer, JsonNode node, Map<String, String> values) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties().forEach(p -> flatten(pointer + "/" + p.getKey(), p.getValue(), values));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(pointer + "/" + i, node.get(i), values);
      }
    } else {
      values.put(pointer, node.toString());
    }
  }

  private static void addChanges(
      Map<String, String> found, Map<String, String> promised, List<Change> changes) {
    Set<String> names = new LinkedHashSet<>(promised.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      String here = found.getOrDefault(name, NOTHING);
      String there = promised.getOrDefault(name, NOTHING);
      if (!here.equals(there)) {
        changes.add(new Change(name + " " + here, name + " " + there));
      }
    }
  }
}
