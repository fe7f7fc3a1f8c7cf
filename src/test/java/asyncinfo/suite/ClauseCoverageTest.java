package asyncinfo.suite;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Promise;
import asyncinfo.simulation.LimitSimulation;
import asyncinfo.verdict.Proves;
import asyncinfo.wire.CallShape;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each clause has a check, and each check has clauses. */
class ClauseCoverageTest {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final List<Proves> CHECKS = checks();

  private static List<Proves> checks() {
    JavaClasses suites = new ClassFileImporter().importPackages("asyncinfo.suite");
    return Stream.concat(
            suites.stream()
                .filter(c -> c.getSimpleName().endsWith("IT"))
                .map(c -> c.reflect())
                .flatMap(c -> Stream.of(c.getDeclaredMethods())),
            Stream.of(LimitSimulation.class))
        .map(e -> e.getAnnotation(Proves.class))
        .filter(Objects::nonNull)
        .toList();
  }

  static List<Clause> clauses() {
    return CATALOGUE.clauses();
  }

  static List<Proves> proofs() {
    return CHECKS;
  }

  static List<Promise> promises() {
    return CATALOGUE.promises();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clauses")
  void hasACheckFor(Clause clause) {
    assertThat(CHECKS).anyMatch(check -> proves(check, clause));
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void provesSomething(Proves check) {
    assertThat(clauses()).anyMatch(clause -> proves(check, clause));
  }

  @ParameterizedTest
  @MethodSource("promises")
  void knowsHowToKeepOrBreak(Promise promise) {
    Alteration.named(promise.alteration());
    promise.shapes().forEach(CallShape::valueOf);
  }

  @Test
  void findsTheSuites() {
    assertThat(CHECKS).hasSizeGreaterThan(15);
  }

  private static boolean proves(Proves check, Clause clause) {
    return CATALOGUE.apis().stream()
        .filter(clause::binds)
        .anyMatch(api -> ClauseCases.proves(CATALOGUE, api, check, clause));
  }
}
