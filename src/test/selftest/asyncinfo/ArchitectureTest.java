package asyncinfo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Api;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Specification;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps the dependencies between packages one-way, and page data out of the Java. */
@Tag("slow")
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPackages("asyncinfo")
          .that(
              DescribedPredicate.describe(
                  "belong to the product",
                  c -> SourceTree.isProduct(c.getName().replaceFirst("\\$.*", ""))));
  private static final Set<String> PACKAGES =
      Set.of(
          "contract",
          "ratelimit",
          "verdict",
          "client",
          "recording",
          "stub",
          "endpoint",
          "config",
          "suite",
          "simulation",
          "report",
          "drift",
          "cli");

  @ParameterizedTest
  @CsvSource({
    "contract, ''",
    "ratelimit, ''",
    "verdict, contract",
    "client, contract",
    "recording, contract verdict client",
    "stub, contract ratelimit client",
    "endpoint, contract ratelimit client recording stub",
    "config, contract ratelimit client recording stub endpoint",
    "suite, contract verdict client recording endpoint config",
    "simulation, contract ratelimit verdict client endpoint config",
    "report, contract verdict ratelimit recording endpoint config",
    "drift, contract",
    "cli, contract verdict client recording stub endpoint config ratelimit suite report drift"
  })
  void knowsOnly(String of, String known) {
    String[] others =
        PACKAGES.stream()
            .filter(p -> !p.equals(of) && !List.of(known.split(" ", -1)).contains(p))
            .map(p -> "asyncinfo." + p + "..")
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage("asyncinfo." + of + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(CLASSES);
  }

  @Test
  void hasNoCycles() {
    slices().matching("asyncinfo.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void knowsAllItsPackages() {
    assertThat(
            CLASSES.stream()
                .map(c -> c.getPackageName().replace("asyncinfo.", ""))
                .filter(p -> !p.equals("asyncinfo")))
        .isSubsetOf(PACKAGES);
  }

  /**
   * Status values, error codes, products, versions, actions and domains stand in schemas/ alone.
   */
  @Test
  void namesNothingInJavaThatASchemaLists() throws IOException {
    Set<String> literals = new TreeSet<>();
    Specification specification = Specification.load();
    specification.commonErrors().stream().map(DocumentedValue::value).forEach(literals::add);
    for (Api api : specification.apis()) {
      api.errors().stream().map(DocumentedValue::value).forEach(literals::add);
      api.outputs().stream()
          .flatMap(o -> o.values().stream())
          .map(DocumentedValue::value)
          .forEach(literals::add);
      literals.addAll(List.of(api.product(), api.version(), api.action(), api.domain()));
    }
    List<String> repeated = new ArrayList<>();
    for (Path file : SourceTree.product()) {
      String text = Files.readString(file);
      literals.stream()
          .filter(literal -> text.contains("\"" + literal + "\""))
          .forEach(literal -> repeated.add(file + ": " + literal));
    }

    assertThat(repeated).isEmpty();
  }
}
