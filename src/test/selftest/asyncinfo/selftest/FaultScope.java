package asyncinfo.selftest;

import asyncinfo.contract.Api;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Example;
import asyncinfo.contract.Field;
import asyncinfo.contract.Specification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Selects the elements of the contract for which a fault is repeated, so that an added API has its
 * faults without a change here. Each scope provides placeholders; {@code {api}} is one of all, and
 * {@code {examples}} stands for the clauses of the examples that show the element.
 */
enum FaultScope {
  /** An API; {@code {shown}} stands for the clauses of the values that its examples show. */
  API {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      String shown =
          outputs(api)
              .flatMap(
                  m ->
                      texts(m.values()).stream()
                          .filter(value -> !showing(api, m, value).isEmpty())
                          .map(value -> clause(api, m, value)))
              .collect(Collectors.joining(" "));
      return Stream.of(with(about(api, api.examples()), "shown", shown));
    }
  },
  /**
   * An API with a parameter that names its subject: {@code {id}}, that parameter, and {@code
   * {unknown}}, a value of it that names nothing.
   */
  SUBJECT {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      return specification.requests(api).unknown().stream()
          .map(
              parameter ->
                  with(
                      about(api, api.examples()),
                      "id",
                      parameter.getKey(),
                      "unknown",
                      parameter.getValue()));
    }
  },
  /** A listed value: {@code {member}}, {@code {value}}, {@code {Value}}, {@code {other}}. */
  VALUE {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      return listed(api, outputs(api));
    }
  },
  /** A final value: no other listed value follows it, the same placeholders. */
  FINAL_VALUE {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      return listed(api, outputs(api), true);
    }
  },
  /** A listed value that another may follow, with the same placeholders. */
  PASSING_VALUE {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      return listed(api, outputs(api), false);
    }
  },
  /** A listed value of type String, with the same placeholders. */
  TEXT_VALUE {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      return listed(api, outputs(api).filter(FaultScope::isText));
    }
  },
  /** A required row of the output table: {@code {member}}, {@code {values}}. */
  REQUIRED_OUTPUT {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      return outputs(api).filter(Field::required).map(m -> row(api, m));
    }
  },
  /** A row of the output table that lists strings: {@code {member}}, {@code {values}}. */
  LISTED_OUTPUT {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      return outputs(api).filter(m -> isText(m) && !m.values().isEmpty()).map(m -> row(api, m));
    }
  },
  /** A row of the output table: {@code {member}}, the clauses of its values {@code {values}}. */
  OUTPUT {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      return outputs(api).map(m -> row(api, m));
    }
  },
  /** A value that only other APIs list: {@code {member}}, {@code {value}}. */
  FOREIGN_VALUE {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      return outputs(api)
          .filter(m -> isText(m) && !m.values().isEmpty())
          .flatMap(
              m ->
                  others(specification, api)
                      .flatMap(other -> other.outputs().stream())
                      .filter(o -> o.name().equals(m.name()))
                      .flatMap(o -> texts(o.values()).stream())
                      .filter(value -> !texts(m.values()).contains(value))
                      .limit(1)
                      .map(
                          value ->
                              with(
                                  about(api, api.examples()), "member", m.name(), "value", value)));
    }
  },
  /** A member that only another API has: {@code {member}}. */
  FOREIGN_OUTPUT {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      List<String> own = api.outputs().stream().map(Field::name).toList();
      return others(specification, api)
          .flatMap(other -> other.outputs().stream())
          .map(Field::name)
          .filter(name -> !own.contains(name))
          .distinct()
          .map(name -> with(about(api, api.examples()), "member", name));
    }
  },
  /** A business error code: {@code {code}}, {@code {other}}. */
  ERROR {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      return pairs(api.errors())
          .map(pair -> with(about(api, List.of()), "code", pair.get(0), "other", pair.get(1)));
    }
  },
  /**
   * A business error code that only another API has: {@code {code}}, and the placeholders of {@link
   * #SUBJECT}.
   */
  FOREIGN_ERROR {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      List<String> own =
          Stream.concat(api.errors().stream(), specification.commonErrors().stream())
              .map(DocumentedValue::value)
              .toList();
      return others(specification, api)
          .flatMap(other -> other.errors().stream())
          .map(DocumentedValue::value)
          .filter(code -> !own.contains(code))
          .limit(1)
          .flatMap(
              code ->
                  SUBJECT.of(specification, api, model).map(filled -> with(filled, "code", code)));
    }
  },
  /** A common error code with a fixture: {@code {code}}, {@code {other}}. */
  COMMON_ERROR {
    @Override
    Stream<Map<String, String>> of(Specification specification, Api api, StubModel model) {
      // Applies to all APIs at once.
      return api.equals(specification.apis().get(0))
          ? pairs(specification.commonErrors())
              .filter(
                  pair ->
                      specification.clauses().stream()
                          .filter(c -> c.kind() == ClauseKind.COMMON_ERROR)
                          .filter(c -> c.name().equals(pair.get(0)))
                          .anyMatch(model::hasFixture))
              .map(
                  pair -> {
                    Map<String, String> both = new LinkedHashMap<>();
                    return with(both, "code", pair.get(0), "other", pair.get(1));
                  })
          : Stream.of();
    }
  };

  /** Returns the placeholders of each such element of an API. */
  abstract Stream<Map<String, String>> of(Specification specification, Api api, StubModel model);

  private static Map<String, String> about(Api api, List<Example> examples) {
    return with(
        new LinkedHashMap<>(),
        "api",
        api.id(),
        "folder",
        api.folder(),
        "examples",
        examples.stream()
            .map(e -> api.id() + "/4/example-" + (api.examples().indexOf(e) + 1))
            .collect(Collectors.joining(" ")));
  }

  private static Map<String, String> with(Map<String, String> map, String... namesAndTexts) {
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      map.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return map;
  }

  /**
   * Returns the placeholders of a row; no example shows RequestId, which differs in each response.
   */
  private static Map<String, String> row(Api api, Field member) {
    return with(
        about(
            api,
            api.examples().stream()
                .filter(e -> !member.name().equals("RequestId"))
                .filter(e -> e.response().path("Response").has(member.name()))
                .toList()),
        "member",
        member.name(),
        "values",
        texts(member.values()).stream()
            .map(value -> clause(api, member, value))
            .collect(Collectors.joining(" ")));
  }

  private static String clause(Api api, Field member, String value) {
    return api.id() + "/3/" + member.name() + "=" + value;
  }

  private static List<Example> showing(Api api, Field member, String value) {
    return api.examples().stream()
        .filter(e -> member.is(value, e.response().path("Response").path(member.name())))
        .toList();
  }

  private static boolean isText(Field member) {
    return member.type().equals("String");
  }

  private static Stream<Map<String, String>> listed(Api api, Stream<Field> members) {
    return members.flatMap(
        member ->
            pairs(member.values())
                .map(
                    pair ->
                        with(
                            about(api, showing(api, member, pair.get(0))),
                            "member",
                            member.name(),
                            "value",
                            pair.get(0),
                            "Value",
                            inOtherCase(pair.get(0)),
                            "other",
                            pair.get(1))));
  }

  private static Stream<Map<String, String>> listed(
      Api api, Stream<Field> members, boolean isFinal) {
    return members.flatMap(
        member ->
            listed(api, Stream.of(member))
                .filter(filled -> member.finalValues().contains(filled.get("value")) == isFinal));
  }

  private static Stream<Field> outputs(Api api) {
    return api.outputs().stream();
  }

  private static Stream<Api> others(Specification specification, Api api) {
    return specification.apis().stream().filter(other -> !other.equals(api));
  }

  private static List<String> texts(List<DocumentedValue> list) {
    return list.stream().map(DocumentedValue::value).toList();
  }

  /** Returns each value of a list with the next one, the last with the first. */
  private static Stream<List<String>> pairs(List<DocumentedValue> list) {
    List<String> values = new ArrayList<>(texts(list));
    return IntStream.range(0, values.size())
        .mapToObj(i -> List.of(values.get(i), values.get((i + 1) % values.size())));
  }

  /** Returns a value with its first letter in the other case. */
  private static String inOtherCase(String text) {
    String first = text.substring(0, 1);
    String other = first.toUpperCase(Locale.ROOT);
    return (other.equals(first) ? first.toLowerCase(Locale.ROOT) : other) + text.substring(1);
  }
}
