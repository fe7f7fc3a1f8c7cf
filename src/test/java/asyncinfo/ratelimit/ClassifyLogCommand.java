package asyncinfo.ratelimit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Judges saved logs of limit simulations; sends nothing. */
public final class ClassifyLogCommand {
  private ClassifyLogCommand() {}

  /**
   * Prints each verdict with the numbers that decide. Exits with 1 if a limit is not enforced or
   * the verdict is inconclusive, and with 2 if a file cannot be read.
   *
   * @param files the logs, such as {@code target/limit/mongodb.json}
   */
  public static void main(String[] files) {
    int code = files.length == 0 ? 2 : 0;
    if (files.length == 0) {
      System.err.println("no log given; name some, such as target/limit/*.json");
    }
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
    if (code != 0) {
      System.exit(code);
    }
  }

  static List<String> lines(LimitLog log, LimitVerdict verdict) {
    return Stream.of(
            List.of(log.product() + ": " + verdict),
            verdict.numbers().stream().map(line -> "  " + line).toList(),
            verdict.notTested().stream().map(line -> "  not tested: " + line).toList())
        .flatMap(List::stream)
        .toList();
  }
}
