package asyncinfo.recording;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Specification;
import asyncinfo.recording.Recording.Head;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recorded run to replay.
 *
 * @param path the path that was searched
 * @param recordings the recordings, by API
 */
public record RecordedRun(Path path, Map<Api, Recording> recordings) {

  /**
   * Reads a run.
   *
   * @param path its folder, a file in it, or a folder of runs, of which the latest is read
   * @throws IOException one line that describes the problem
   */
  public static RecordedRun read(Path path, Specification specification) throws IOException {
    Map<Api, Recording> recordings = new LinkedHashMap<>();
    for (Recording recording : Recordings.read(path, specification)) {
      Head head = recording.head();
      Api api =
          specification
              .api(head.folder())
              .orElseThrow(
                  () ->
                      new IOException(
                          "%s is of %s %s %s, which schemas/ does not have"
                              .formatted(path, head.product(), head.version(), head.action())));
      recordings.put(api, recording);
    }
    return new RecordedRun(path, recordings);
  }

  /** Returns the metadata of the recording of an API. */
  public Head head(Api api) {
    return recordings.get(api).head();
  }

  /** Returns the start time of the run. */
  public Instant when() {
    return recordings.values().iterator().next().head().when();
  }

  /**
   * Returns notes on the run, one sentence each: an interruption, or differences between its
   * contract and the current one.
   */
  public List<String> remarks(Specification specification) {
    List<String> remarks = new ArrayList<>();
    recordings.forEach(
        (api, recording) -> {
          if (!recording.head().finished()) {
            remarks.add("%s: the run was cut short, so it may lack requests".formatted(api.id()));
          }
          if (!recording.head().contract().equals(specification.hash())) {
            remarks.add(difference(specification, api, recording.head()));
          }
        });
    return remarks;
  }

  private static String difference(Specification specification, Api api, Head head) {
    List<String> now = specification.clauses(api).stream().map(Clause::id).toList();
    boolean whole = head.clause().equals("*");
    List<String> added =
        now.stream().filter(id -> whole && !head.verdicts().containsKey(id)).toList();
    List<String> gone = head.verdicts().keySet().stream().filter(id -> !now.contains(id)).toList();
    String clauses =
        added.isEmpty() && gone.isEmpty()
            ? "the clauses are the same"
            : "new are "
                + (added.isEmpty() ? "none" : String.join(", ", added))
                + "; gone are "
                + (gone.isEmpty() ? "none" : String.join(", ", gone));
    return "%s was recorded under another contract (%.8s, now %.8s): %s"
        .formatted(api.id(), head.contract(), specification.hash(), clauses);
  }
}
