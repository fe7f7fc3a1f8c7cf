package asyncinfo.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Judges saved logs again. */
@Tag("slow")
class LimitLogTest {
  private static final List<LimitedApi> APIS =
      List.of(
          new LimitedApi("one", 20, 1, false, false), new LimitedApi("other", 20, 1, false, false));
  private static final Workload WORKLOAD = new Workload(Workload.WorkloadSize.STANDARD, APIS);

  @TempDir Path folder;

  @Test
  void getsTheSameVerdictWhenItIsReadAgain() throws IOException {
    Path file = folder.resolve("one.json");
    LimitLog log = log("fixed-quarter-more");
    LimitVerdict verdict = log.judge();
    log.write(file, verdict);
    log("fixed-quarter-more", 1).write(folder.resolve("other.json"), null);

    LimitLog read = LimitLog.read(file);

    assertThat(read).isEqualTo(log);
    assertThat(read.judge()).isEqualTo(verdict);
    assertThat(LimitLog.readVerdict(file)).contains(verdict);
    assertThat(Files.readString(file))
        .contains("\"word\":\"NOT_ENFORCED\"", "\"sentence\":\"limit NOT ENFORCED, 25 per second");
    assertThat(ClassifyLogCommand.lines(read, verdict))
        .first()
        .asString()
        .startsWith("one: limit NOT ENFORCED, 25 per second (fixed window): 25/25/25");
  }

  @Test
  void isReadWithoutAVerdict() throws IOException {
    Path file = folder.resolve("one.json");
    LimitLog log = log("fixed");
    log.write(file, null);
    log("fixed", 1).write(folder.resolve("other.json"), null);

    assertThat(LimitLog.read(file).judge().enforced()).isTrue();
  }

  @Test
  void keepsTheCallsOfAnApiOnce() throws IOException {
    Path file = folder.resolve("one.json");
    log("fixed").write(file, null);

    assertThat(LimitLog.readOwn(file).samples()).extracting(Sample::api).containsOnly("one");
    assertThatThrownBy(() -> LimitLog.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s: other was probed with it, and %s is not there; keep the logs of a run together",
            file, folder.resolve("other.json"));
  }

  /** Logs of earlier revisions have the calls of all APIs. */
  @Test
  void needsNoOtherFileWhereOneHasAllCalls() throws IOException {
    Path file = folder.resolve("one.json");
    LimitLog log = log("fixed");
    log.write(file, null);
    ObjectNode document = (ObjectNode) Json.mapper().readTree(file.toFile());
    document.set("samples", Json.mapper().valueToTree(log.samples()));
    Json.mapper().writeValue(file.toFile(), document);

    assertThat(LimitLog.read(file).samples()).hasSameSizeAs(log.samples());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | is no log of a limit simulation",
        "[] | is no log of a limit simulation",
        "null | is no log of a limit simulation",
        "{\"product\":\"one\"} | is no log of a limit simulation",
        "{\"product\":\"one\",\"limit\":null,\"protocol\":\"\",\"began\":\"\",\"parties\":[],\"samples\":[]}"
            + " | is no log of a limit simulation"
      })
  void namesTheProblemOfAFileInOneLine(String text, String problem) throws IOException {
    Path file = folder.resolve("bad.json");
    Files.writeString(file, text);

    assertThatThrownBy(() -> LimitLog.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": " + problem)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void reportsAMissingFile() {
    assertThatThrownBy(() -> LimitLog.read(folder.resolve("absent.json")))
        .hasMessageEndingWith("absent.json: there is no such file; `mvn verify` writes it");
  }

  private static LimitLog log(String kind) {
    return log(kind, 0);
  }

  private static LimitLog log(String kind, int api) {
    return LimitLog.of(
        APIS.get(api),
        WORKLOAD,
        "2026-11-25T19:00:00Z",
        SimulatedRun.of(
            WORKLOAD,
            LimiterModel.named(kind, 20, 1).orElseThrow(),
            3,
            SimulatedRun.Network.measured(1)));
  }
}
