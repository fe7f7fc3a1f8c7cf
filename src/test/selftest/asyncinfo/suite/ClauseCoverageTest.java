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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ensures that each clause has a check, and each check a clause. */
@Tag("slow")
class ClauseCoverageTest {
  private static final Specification SPECIFICATION = Specification.load();
  private static final List<Covers> CHECKS = findChecks();

  private static List<Covers> findChecks() {
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
    return SPECIFICATION.clauses();
  }

  static List<Covers> checks() {
    return CHECKS;
  }

  static List<Requirement> requirements() {
    return SPECIFICATION.requirements();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clauses")
  void hasACheckFor(Clause clause) {
    assertThat(CHECKS).anyMatch(check -> covers(check, clause));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void coversAClause(Covers check) {
    assertThat(clauses()).anyMatch(clause -> covers(check, clause));
  }

  @ParameterizedTest
  @MethodSource("requirements")
  void hasAMutationFor(Requirement requirement) {
    RequestMutation.named(requirement.mutation());
    requirement.formats().forEach(RequestFormat::valueOf);
  }

  @Test
  void findsTheSuites() {
    assertThat(CHECKS).hasSizeGreaterThan(15);
  }

  private static boolean covers(Covers check, Clause clause) {
    return SPECIFICATION.apis().stream()
        .filter(clause::binds)
        .anyMatch(api -> ClauseInvocationProvider.covers(SPECIFICATION, api, check, clause));
  }
}
