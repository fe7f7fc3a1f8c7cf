package asyncinfo.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the progress of a run can be read while it is written. */
class ProgressTest {
  private static final int TIMES = 500;

  @TempDir Path folder;

  @Test
  void isReadWholeWhileItIsWritten() {
    List<Progress.Suite> suites =
        IntStream.range(0, 100).mapToObj(i -> Progress.Suite.planned("Suite" + i, i)).toList();
    new Progress(suites).write(folder);

    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> IntStream.range(0, TIMES).forEach(i -> new Progress(suites).write(folder)));

    do {
      assertThat(Progress.read(folder)).isPresent();
    } while (!writing.isDone());
    assertThat(writing).isCompleted();
  }
}
