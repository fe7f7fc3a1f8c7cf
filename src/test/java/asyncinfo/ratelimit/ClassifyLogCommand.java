package asyncinfo.ratelimit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Judges saved logs of limit simulations; sends nothing. */
public final class ClassifyLogCommand {
  private ClassifyLogCommand() {}

  /**
   * Prints each verdict with the numbers that decide. Returns 1 if a limit is not enforced or the
   * verdict is inconclusive, 2 if a file cannot be read, and otherwise 0.
   *
   * @param files the logs, such as {@code target/limit/mongodb.json}
   */
  public static int run(String[] files) {
    int code = 0;
    for (String file : files) {
      try {
        LimitLog log = LimitLog.read(Path.of(file));
        LimitVerdict verdict = log.judge();
        lines(log, verdict).forEach(System.out::println);
        code = Math.max(code, verdict.enforced() ? 0 : 1);
      } catch (IOException e) {
        System.err.println(e.getMessage());
        code = 2;
      }
    }
    return code;
  }

  static List<String> lines(LimitLog log, LimitVerdict verdict) {
    return Stream.of(
            List.of(log.api() + ": " + verdict),
            verdict.numbers().stream().map(line -> "  " + line).toList(),
            verdict.notTested().stream().map(line -> "  not tested: " + line).toList())
        .flatMap(List::stream)
        .toList();
  }
}
