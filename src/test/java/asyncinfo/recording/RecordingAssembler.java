package asyncinfo.recording;

import asyncinfo.contract.Api;
import asyncinfo.contract.Specification;
import asyncinfo.recording.Recording.Head;
import asyncinfo.recording.Recording.RecordedRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Assembles recordings from the exchange log of a run. */
public final class RecordingAssembler {
  private static final Comparator<RequestKey> ORDER =
      Comparator.comparing(RequestKey::api)
          .thenComparing(RequestKey::mutation)
          .thenComparing(RequestKey::parameter)
          .thenComparing(requestKey -> requestKey.arguments().toString())
          .thenComparing(RequestKey::format)
          .thenComparing(RequestKey::testCase);

  private final Specification specification;
  private final ValueAliases aliases;

  private RecordingAssembler(Specification specification) {
    this.specification = specification;
    this.aliases = new ValueAliases(specification);
  }

  /**
   * Returns the recordings of a run, one for each API.
   *
   * @param evidence the folder of the run's log
   * @param heads the metadata of each recording
   */
  public static List<Recording> of(Specification specification, Path evidence, List<Head> heads) {
    return new RecordingAssembler(specification).recordings(ExchangeLog.read(evidence), heads);
  }

  private List<Recording> recordings(List<ExchangeLog.Line> lines, List<Head> heads) {
    List<Head> changed =
        heads.stream().map(h -> h.with(aliases.fixtures(api(h), h.fixtures()))).toList();
    Map<RequestKey, List<RecordedExchange>> requestKey = byRequest(lines);
    requestKey.forEach(this::note);
    Map<String, List<RecordedRequest>> requests = new LinkedHashMap<>();
    requestKey.keySet().stream()
        .sorted(ORDER)
        .forEach(
            each ->
                requests
                    .computeIfAbsent(each.api(), api -> new ArrayList<>())
                    .add(request(each, requestKey.get(each))));
    return changed.stream()
        .map(head -> new Recording(head, requests.getOrDefault(api(head).id(), List.of())))
        .toList();
  }

  private void note(RequestKey requestKey, List<RecordedExchange> exchanges) {
    aliases.constant(requestKey.arguments());
    exchanges.stream()
        .filter(exchange -> exchange.response() != null)
        .forEach(exchange -> aliases.requestId(api(requestKey.api()), exchange.response()));
  }

  private RecordedRequest request(RequestKey requestKey, List<RecordedExchange> exchanges) {
    Api api = api(requestKey.api());
    return new RecordedRequest(
        requestKey.format(),
        requestKey.mutation(),
        requestKey.parameter(),
        requestKey.arguments(),
        requestKey.testCase(),
        exchanges.stream()
            .map(s -> s.response() == null ? s : s.with(aliases.in(api, s.response())))
            .toList());
  }

  /**
   * Returns the exchanges of each request. A shared response is stored once under {@link
   * RequestKey#ALL}; a failed attempt is stored under the test case that made it.
   */
  private Map<RequestKey, List<RecordedExchange>> byRequest(List<ExchangeLog.Line> lines) {
    Set<RequestKey> answered = new HashSet<>();
    lines.stream()
        .filter(line -> line.requestKey() != null && line.exchange() == null && line.shared())
        .forEach(line -> answered.add(line.requestKey()));
    Map<RequestKey, List<RecordedExchange>> byRequest = new LinkedHashMap<>();
    lines.stream()
        .filter(line -> line.exchange() != null)
        .forEach(
            line -> {
              RequestKey own =
                  line.requestKey().with(aliases.arguments(line.requestKey().arguments()));
              RequestKey requestKey =
                  answered.contains(line.requestKey()) ? own.by(RequestKey.ALL) : own;
              byRequest.computeIfAbsent(requestKey, a -> new ArrayList<>()).add(withoutTasks(line));
            });
    return byRequest;
  }

  private RecordedExchange withoutTasks(ExchangeLog.Line line) {
    return line.exchange().with(aliases.lines(line.requestKey(), line.exchange().request()));
  }

  private Api api(Head head) {
    return specification.api(head.folder()).orElseThrow();
  }

  private Api api(String id) {
    return specification.apis().stream()
        .filter(api -> api.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
