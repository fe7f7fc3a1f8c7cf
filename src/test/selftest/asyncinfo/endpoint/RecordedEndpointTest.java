package asyncinfo.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.config.Settings;
import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the replay of a recording instead of an endpoint. */
class RecordedEndpointTest {
  private static final Specification SPECIFICATION = Specification.load();
  private static final Api DTS = SPECIFICATION.apis().get(0);

  @TempDir Path folder;

  @Test
  void describesTheRecordingAndStatesThatNothingIsSent() throws IOException {
    write("2026-11-20T120000Z", recording("2026-11-20T12:00:00Z", "*"));

    TargetEndpoint target = open(folder);

    assertThat(target.startupMessage())
        .isEqualTo(
            "Nothing is sent: the recording of 2026-11-20 12:00 UTC of https://a.example is judged"
                + " again");
    assertThat(target.apis()).containsExactly(DTS);
    assertThat(target.isLive()).isFalse();
    assertThat(target.mavenOption()).isEqualTo(" -Dreplay=" + folder);
    assertThat(target.skipReason(limit()))
        .hasValueSatisfying(why -> assertThat(why).contains("load"));
  }

  @Test
  void takesTheLatestRunOfAFolderOrTheOneThatIsNamed() throws IOException {
    write("2026-11-20T120000Z", recording("2026-11-20T12:00:00Z", "*"));
    write("2026-11-20T120000Z-2", recording("2026-11-20T12:00:00Z", "dts/3/*"));
    write("2026-11-19T120000Z", recording("2026-11-19T12:00:00Z", "*"));

    assertThat(open(folder).description()).contains("2026-11-20");
    assertThat(open(folder).includes(limit())).isFalse();
    assertThat(open(folder.resolve("2026-11-19T120000Z")).description()).contains("2026-11-19");
    assertThat(open(folder.resolve("2026-11-20T120000Z/dts.json")).includes(limit())).isTrue();
  }

  @Test
  void reportsContractDifferencesAndAnInterruptedRun() throws IOException {
    String recording =
        recording("2026-11-20T12:00:00Z", "*")
            .replace(SPECIFICATION.hash(), "0".repeat(64))
            .replace("\"finished\": true", "\"finished\": false")
            .replace("\"dts/3/Info\"", "\"dts/3/Information\"");
    write("2026-11-20T120000Z", recording);

    assertThat(open(folder).startupMessage().lines().skip(1))
        .containsExactly(
            "dts: the run was cut short, so it may lack requests",
            "dts was recorded under another contract (00000000, now %.8s): new are dts/3/Info; gone"
                    .formatted(SPECIFICATION.hash())
                + " are dts/3/Information");
  }

  private static Clause limit() {
    return SPECIFICATION.clauses(DTS).stream()
        .filter(clause -> clause.kind() == ClauseKind.LIMIT)
        .findFirst()
        .orElseThrow();
  }

  private static TargetEndpoint open(Path path) {
    return Settings.of(
            SPECIFICATION, Map.of("target", "replay", "replay", path.toString()), Map.of())
        .open();
  }

  private void write(String run, String text) throws IOException {
    Files.createDirectories(folder.resolve(run));
    Files.writeString(folder.resolve(run).resolve("dts.json"), text);
  }

  private static String recording(String recorded, String clause) {
    StringBuilder verdicts = new StringBuilder();
    SPECIFICATION
        .clauses(DTS)
        .forEach(c -> verdicts.append(", \"%s\": \"PASS\"".formatted(c.id())));
    return """
    {
      "format": 1, "recorded": "%s", "finished": true, "harness": "1", "contract": "%s",
      "product": "dts", "version": "2018-03-30", "action": "DescribeAsyncRequestInfo",
      "endpoint": "https://a.example", "host": "a.example", "region": "ap-guangzhou",
      "clause": "%s", "loadTestBlockedBy": "", "fixtures": {}, "verdicts": {%s}, "requests": []
    }
    """
        .formatted(recorded, SPECIFICATION.hash(), clause, verdicts.substring(2));
  }
}
