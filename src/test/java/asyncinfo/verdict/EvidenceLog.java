package asyncinfo.verdict;

import asyncinfo.contract.JsonLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All evidence of one part of a run, in a file of JSON lines. Each line is on disk before the next
 * check starts, so an interrupted run leaves all evidence until then.
 */
public final class EvidenceLog implements AutoCloseable {
  private static final String CONTENT = "evidence";

  private final JsonLines<Evidence> file;
  private final Map<Subject, List<Evidence>> entries = new HashMap<>();

  /** The clause and the API that evidence is about. */
  private record Subject(String clause, String api) {}

  /** Opens an empty log; an older file at the same place is replaced. */
  public EvidenceLog(Path path) {
    file = new JsonLines<>(path, CONTENT);
  }

  /** Adds a piece of evidence. */
  public synchronized void add(Evidence evidence) {
    entries
        .computeIfAbsent(new Subject(evidence.clause(), evidence.api()), s -> new ArrayList<>())
        .add(evidence);
    file.add(evidence);
  }

  /** Returns all evidence so far about a clause of an API. */
  public synchronized List<Evidence> about(String clause, String api) {
    return List.copyOf(entries.getOrDefault(new Subject(clause, api), List.of()));
  }

  /**
   * Reads all logs of a folder, without a last line that is incomplete.
   *
   * @return no evidence if the folder is absent
   */
  public static List<Evidence> readAll(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Evidence> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        all.addAll(JsonLines.read(path, CONTENT, Evidence.class));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read evidence in " + folder, e);
    }
    return all;
  }

  @Override
  public void close() {
    file.close();
  }
}
