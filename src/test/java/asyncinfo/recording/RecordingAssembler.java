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

/** Makes recordings of what a run noted while it went on. */
public final class RecordingAssembler {
  private static final Comparator<RequestKey> ORDER =
      Comparator.comparing(RequestKey::product)
          .thenComparing(RequestKey::alteration)
          .thenComparing(RequestKey::parameter)
          .thenComparing(asked -> asked.arguments().toString())
          .thenComparing(RequestKey::shape)
          .thenComparing(RequestKey::asker);

  private final Specification catalogue;
  private final ValueAliases references;

  private RecordingAssembler(Specification catalogue) {
    this.catalogue = catalogue;
    this.references = new ValueAliases(catalogue);
  }

  /**
   * The recordings of a run, one for each API.
   *
   * @param evidence the folder of the run's log
   * @param heads what is known of each API's part of it
   */
  public static List<Recording> of(Specification catalogue, Path evidence, List<Head> heads) {
    return new RecordingAssembler(catalogue).recordings(ExchangeLog.read(evidence), heads);
  }

  private List<Recording> recordings(List<ExchangeLog.Line> lines, List<Head> heads) {
    List<Head> changed =
        heads.stream()
            .map(h -> h.with(references.provocations(api(h.product()), h.provocations())))
            .toList();
    Map<RequestKey, List<RecordedExchange>> asked = byQuestion(lines);
    asked.forEach(this::note);
    Map<String, List<RecordedRequest>> questions = new LinkedHashMap<>();
    asked.keySet().stream()
        .sorted(ORDER)
        .forEach(
            each ->
                questions
                    .computeIfAbsent(each.product(), product -> new ArrayList<>())
                    .add(question(each, asked.get(each))));
    return changed.stream()
        .map(head -> new Recording(head, questions.getOrDefault(head.product(), List.of())))
        .toList();
  }

  private void note(RequestKey asked, List<RecordedExchange> sendings) {
    references.constant(asked.arguments());
    sendings.stream()
        .filter(sending -> sending.reply() != null)
        .forEach(sending -> references.requestId(api(asked.product()), sending.reply()));
  }

  private RecordedRequest question(RequestKey asked, List<RecordedExchange> sendings) {
    Api api = api(asked.product());
    return new RecordedRequest(
        asked.shape(),
        asked.alteration(),
        asked.parameter(),
        asked.arguments(),
        asked.asker(),
        sendings.stream()
            .map(s -> s.reply() == null ? s : s.with(references.in(api, s.reply())))
            .toList());
  }

  /**
   * What came of each question. An answer that served all cases is nobody's own; a case that got
   * none keeps to itself what it got, for others may have had an answer.
   */
  private Map<RequestKey, List<RecordedExchange>> byQuestion(List<ExchangeLog.Line> lines) {
    Set<RequestKey> answered = new HashSet<>();
    lines.stream()
        .filter(line -> line.asked() != null && line.sending() == null && line.shared())
        .forEach(line -> answered.add(line.asked()));
    Map<RequestKey, List<RecordedExchange>> byQuestion = new LinkedHashMap<>();
    lines.stream()
        .filter(line -> line.sending() != null)
        .forEach(
            line -> {
              RequestKey own = line.asked().with(references.arguments(line.asked().arguments()));
              RequestKey asked = answered.contains(line.asked()) ? own.by(RequestKey.ALL) : own;
              byQuestion.computeIfAbsent(asked, a -> new ArrayList<>()).add(withoutTasks(line));
            });
    return byQuestion;
  }

  private RecordedExchange withoutTasks(ExchangeLog.Line line) {
    return line.sending().with(references.lines(line.asked(), line.sending().request()));
  }

  private Api api(String product) {
    return catalogue.apis().stream()
        .filter(api -> api.product().equals(product))
        .findFirst()
        .orElseThrow();
  }
}
