package asyncinfo.suite;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.client.RequestFormat;
import asyncinfo.contract.Clause;
import asyncinfo.contract.Requirement;
import asyncinfo.contract.Specification;
import asyncinfo.simulation.LimitSimulation;
import asyncinfo.verdict.Covers;
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
  private static final Specification CATALOGUE = Specification.load();
  private static final List<Covers> CHECKS = checks();

  private static List<Covers> checks() {
    JavaClasses suites = new ClassFileImporter().importPackages("asyncinfo.suite");
    return Stream.concat(
            suites.stream()
                .filter(c -> c.getSimpleName().endsWith("IT"))
                .map(c -> c.reflect())
                .flatMap(c -> Stream.of(c.getDeclaredMethods())),
            Stream.of(LimitSimulation.class))
        .map(e -> e.getAnnotation(Covers.class))
        .filter(Objects::nonNull)
        .toList();
  }

  static List<Clause> clauses() {
    return CATALOGUE.clauses();
  }

  static List<Covers> proofs() {
    return CHECKS;
  }

  static List<Requirement> requirements() {
    return CATALOGUE.requirements();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clauses")
  void hasACheckFor(Clause clause) {
    assertThat(CHECKS).anyMatch(check -> proves(check, clause));
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void provesSomething(Covers check) {
    assertThat(clauses()).anyMatch(clause -> proves(check, clause));
  }

  @ParameterizedTest
  @MethodSource("requirements")
  void knowsHowToKeepOrBreak(Requirement promise) {
    RequestMutation.named(promise.alteration());
    promise.formats().forEach(RequestFormat::valueOf);
  }

  @Test
  void findsTheSuites() {
    assertThat(CHECKS).hasSizeGreaterThan(15);
  }

  private static boolean proves(Covers check, Clause clause) {
    return CATALOGUE.apis().stream()
        .filter(clause::binds)
        .anyMatch(api -> ClauseInvocationProvider.proves(CATALOGUE, api, check, clause));
  }
}
