package asyncinfo.recording;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.recording.Recording.Head;
import asyncinfo.recording.Recording.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes recordings of what a run noted while it went on. */
public final class Transcript {
  private static final Comparator<Asked> ORDER =
      Comparator.comparing(Asked::product)
          .thenComparing(Asked::alteration)
          .thenComparing(Asked::parameter)
          .thenComparing(asked -> asked.arguments().toString())
          .thenComparing(Asked::shape)
          .thenComparing(Asked::asker);

  private final Catalogue catalogue;
  private final References references;

  private Transcript(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.references = new References(catalogue);
  }

  /**
   * The recordings of a run, one for each API.
   *
   * @param evidence the folder of the run's log
   * @param heads what is known of each API's part of it
   */
  public static List<Recording> of(Catalogue catalogue, Path evidence, List<Head> heads) {
    return new Transcript(catalogue).recordings(SendingLog.read(evidence), heads);
  }

  private List<Recording> recordings(List<SendingLog.Line> lines, List<Head> heads) {
    List<Head> changed =
        heads.stream()
            .map(h -> h.with(references.provocations(api(h.product()), h.provocations())))
            .toList();
    Map<Asked, List<Sending>> asked = byQuestion(lines);
    asked.forEach(this::note);
    Map<String, List<Question>> questions = new LinkedHashMap<>();
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

  private void note(Asked asked, List<Sending> sendings) {
    references.constant(asked.arguments());
    sendings.stream()
        .filter(sending -> sending.reply() != null)
        .forEach(sending -> references.requestId(api(asked.product()), sending.reply()));
  }

  private Question question(Asked asked, List<Sending> sendings) {
    Api api = api(asked.product());
    return new Question(
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
  private Map<Asked, List<Sending>> byQuestion(List<SendingLog.Line> lines) {
    Set<Asked> answered = new HashSet<>();
    lines.stream()
        .filter(line -> line.asked() != null && line.sending() == null && line.shared())
        .forEach(line -> answered.add(line.asked()));
    Map<Asked, List<Sending>> byQuestion = new LinkedHashMap<>();
    lines.stream()
        .filter(line -> line.sending() != null)
        .forEach(
            line -> {
              Asked own = line.asked().with(references.arguments(line.asked().arguments()));
              Asked asked = answered.contains(line.asked()) ? own.by(Asked.ALL) : own;
              byQuestion.computeIfAbsent(asked, a -> new ArrayList<>()).add(withoutTasks(line));
            });
    return byQuestion;
  }

  private Sending withoutTasks(SendingLog.Line line) {
    return line.sending().with(references.lines(line.asked(), line.sending().request()));
  }

  private Api api(String product) {
    return catalogue.apis().stream()
        .filter(api -> api.product().equals(product))
        .findFirst()
        .orElseThrow();
  }
}
