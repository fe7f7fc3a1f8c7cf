package asyncinfo.config;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of settings, and the documentation of it. */
class SettingTableTest {
  private static final String HEADER = "| setting | applies to | default | meaning |";
  private static final SettingTable TABLE =
      new SettingTable(Specification.ofProducts("dts", "mongodb"), Path.of(""));

  @Test
  void isDocumentedRowByRow() throws IOException {
    List<String> documented =
        readme().stream()
            .dropWhile(line -> !line.equals(HEADER))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(documented)
        .containsExactlyElementsOf(TABLE.all().stream().map(SettingTableTest::row).toList());
  }

  @Test
  void documentsEachVariableOfAKey() throws IOException {
    String readme = String.join("\n", readme());

    assertThat(CredentialSettings.VARIABLES)
        .allSatisfy(variable -> assertThat(readme).contains("`" + variable + "`"));
  }

  @Test
  void hasNoNameAndNoVariableTwice() {
    assertThat(TABLE.all()).extracting(Setting::name).doesNotHaveDuplicates();
    assertThat(TABLE.all()).extracting(Setting::variable).doesNotHaveDuplicates();
  }

  private static String row(Setting<?> setting) {
    String targets =
        setting.targets().size() == TargetKind.values().length
            ? "all"
            : Arrays.stream(TargetKind.values())
                .filter(setting::appliesTo)
                .map(TargetKind::toString)
                .collect(Collectors.joining(", "));
    String defaultText = setting.defaultText();
    return "| `%s` | %s | %s | %s |"
        .formatted(
            setting.name(),
            targets,
            defaultText.isEmpty() || defaultText.startsWith("`")
                ? defaultText
                : "`" + defaultText + "`",
            setting.help());
  }

  private static List<String> readme() throws IOException {
    return Files.readAllLines(Path.of("src", "test", "README.md"));
  }
}
