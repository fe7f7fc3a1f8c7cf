package asyncinfo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.ModuleFolder;
import asyncinfo.ratelimit.LimiterModel;
import asyncinfo.ratelimit.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares simulations/README.md with the limiters and probes that exist. */
class SimulationGuideTest {
  private static final String GUIDE = guide();

  @Test
  void listsTheNamesOfAllLimiters() {
    String table = GUIDE.substring(GUIDE.indexOf("## Limiters of the stub"));
    Set<String> listed = new TreeSet<>();
    table.lines().filter(line -> line.startsWith("| ")).forEach(line -> addNames(line, listed));

    assertThat(listed)
        .isEqualTo(
            LimiterModel.all(20, 1).stream()
                .map(LimiterModel::name)
                .filter(name -> !name.equals("none"))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Probe.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"AFTER_HUGE", "TOGETHER", "AFTER_SUSTAINED"})
  void explainsTheRowOfEachProbe(Probe probe) {
    assertThat(GUIDE).contains("`" + probe + "`");
  }

  private static void addNames(String line, Set<String> names) {
    Matcher name = Pattern.compile("`([a-z0-9-]+)`").matcher(line);
    while (name.find()) {
      names.add(name.group(1));
    }
  }

  private static String guide() {
    try {
      return Files.readString(ModuleFolder.resolve("simulations", "README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
